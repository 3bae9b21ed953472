package dev.triggers.portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the portal's modules compute: terms of a search, times, JSON, signatures.
 */
class PortalUnitTests extends BrowserTest {

    private static final int CHECKS = 50;

    @Test
    void modulesComputeWhatTheyShould() throws IOException {
        open("#/start");
        Map<?, ?> result = (Map<?, ?>) this.page.evaluate(script(),
                PortalFiles.PREFIX + PortalFiles.load().fingerprint());
        assertThat((List<?>) result.get("wrong")).isEmpty();
        assertThat((Integer) result.get("checks")).isGreaterThan(CHECKS);
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(PortalUnitTests.class.getResourceAsStream("/browser/units.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

}
