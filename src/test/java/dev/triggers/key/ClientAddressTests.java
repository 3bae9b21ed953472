package dev.triggers.key;

import java.util.Set;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientAddressTests {

    private static String client(Set<String> trusted, String remote, @Nullable String... forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        for (String header : forwarded) {
            if (header != null) {
                request.addHeader("X-Forwarded-For", header);
            }
        }
        return new ClientAddress(new RegistrationProperties(null, trusted), (known) -> null).of(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "192.0.2.1||192.0.2.1", "192.0.2.1|198.51.100.1|192.0.2.1",
            "10.0.0.1|198.51.100.1|198.51.100.1", "10.0.0.1|203.0.113.9, 198.51.100.1|198.51.100.1",
            "10.0.0.1|203.0.113.9, 198.51.100.1, 10.1.2.3|198.51.100.1", "10.0.0.1|198.51.100.1:4711|198.51.100.1",
            "10.0.0.1|nonsense|10.0.0.1", "10.0.0.1|198.51.100.1, nonsense|10.0.0.1", "10.0.0.1|10.0.0.2|10.0.0.2",
            "10.0.0.1||10.0.0.1", "fd00:0:0:0:0:0:0:1|[2001:db8:1:2:3:4:5:6]:80|2001:db8:1:2:0:0:0:0/64",
            "2001:db8:1:2:3:4:5:6||2001:db8:1:2:0:0:0:0/64" })
    void theRightMostAddressThatIsNoTrustedProxyIsTheClient(String remote, @Nullable String forwarded, String client) {
        assertThat(client(Set.of("10.0.0.0/8", "fd00::/8"), remote, forwarded)).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(client(Set.of("10.0.0.1"), "10.0.0.1", "203.0.113.9", "198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @Test
    void withoutTrustedProxiesNobodyIsBelieved() {
        assertThat(client(Set.of(), "10.0.0.1", "198.51.100.1")).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "10.0.0.0/33", "localhost", "::/129", "10.0.0.0/", "10.0.0.0/-1" })
    void whatIsNoNetworkStopsTheStart(String network) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> Network.parse(network))
            .withMessageContaining("TRUSTED_PROXIES");
    }

}
