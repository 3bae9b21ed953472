package dev.triggers.portal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.triggers.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortalPagePropertiesTests {

    @Test
    void nobodyMayHoldThePageInAFrameUnlessTheOperatorSaysSo() {
        assertThat(new PortalPageProperties(Set.of()).contentSecurityPolicy()).isEqualTo(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                        + "connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; "
                        + "frame-ancestors 'none'; require-trusted-types-for 'script'");
    }

    @Test
    void originsOfTheOperatorMay() {
        Set<String> origins = new LinkedHashSet<>(
                List.of("'self'", "https://app.example.com", "https://*.example.org:8443"));
        assertThat(new PortalPageProperties(origins).contentSecurityPolicy())
            .contains("frame-ancestors 'self' https://app.example.com https://*.example.org:8443;");
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "example.com", "https://example.com/", "https://a.example; script-src *",
            "https://a.example\r\nX: y", "https://A.example", "'none'", "javascript:alert(1)" })
    void whatIsNoOriginStopsTheStart(String origin) {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> new PortalPageProperties(Set.of(origin)))
            .withMessageContaining("PORTAL_FRAME_ANCESTORS");
    }

}
