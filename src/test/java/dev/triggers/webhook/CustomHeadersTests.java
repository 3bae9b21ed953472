package dev.triggers.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.triggers.web.ProblemException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CustomHeadersTests {

    @ParameterizedTest
    @ValueSource(
            strings = { "Authorization", "X-Api-Key", "Cookie", "X-Webhook", "x_custom", "Accept", "!#$%&'*+.^`|~" })
    void accepts(String name) {
        assertThat(check(Map.of(name, "value"))).containsExactly(Map.entry(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Host", "HOST", "Connection", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
            "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Content-Length", "content-type",
            "Content-Encoding", "webhook-id", "Webhook-Signature", "webhook-anything", "X-Event-ID", "x-event-type",
            "X-Zapier-Event-Id", "User-Agent", "traceparent", "tracestate", "HTTP2-Settings", "Accept-Encoding",
            "X-Forwarded-For" })
    void refusesWhatTheServiceSetsItself(String name) {
        assertRefused(Map.of(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "a:b", "a\r\nb", "ü", "a(b", "a/b", "a\u0000", "X-A ", "\"q\"" })
    void refusesWhatIsNoName(String name) {
        assertRefused(Map.of(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "größe", " a", "a ", "\ta", "a\u007F" })
    void refusesWhatIsNoValue(String value) {
        assertRefused(Map.of("X-A", value));
    }

    @Test
    void numberAndSizeAreBounded() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            headers.put("X-" + i, "v");
        }
        assertThat(check(headers)).hasSize(30);
        headers.put("X-30", "v");
        assertRefused(headers);
        assertThat(check(Map.of("X-A", "v".repeat(4_096)))).hasSize(1);
        assertRefused(Map.of("X-A", "v".repeat(4_097)));
        assertRefused(Map.of("X-A", "v".repeat(4_096), "X-B", "v".repeat(4_096)));
        assertRefused(Map.of("X".repeat(129), "v"));
    }

    @Test
    void sameNameInTwoCasesIsRefused() {
        assertRefused(Map.of("X-A", "1", "x-a", "2"));
    }

    @Test
    void maskThatIsGivenBackLeavesTheValue() {
        Map<String, String> current = Map.of("Authorization", "Bearer xyz");
        assertThat(CustomHeaders.masked(current)).containsExactly(Map.entry("Authorization", "****"));
        assertThat(CustomHeaders.check("headers", Map.of("authorization", "****", "X-A", "1"), current))
            .containsOnly(Map.entry("authorization", "Bearer xyz"), Map.entry("X-A", "1"));
    }

    @Property
    void whateverIsAcceptedIsOneLineOfAscii(@ForAll String name, @ForAll String value) {
        try {
            check(Map.of(name, value)).forEach((n, v) -> {
                assertThat(n.chars()).allMatch((c) -> c > ' ' && c < 0x7F && c != ':');
                assertThat(v.chars()).allMatch((c) -> c == '\t' || (c >= ' ' && c < 0x7F));
            });
        }
        catch (ProblemException ex) {
            assertThat(ex.errors().getFirst().field()).startsWith("headers");
        }
    }

    private static Map<String, String> check(Map<String, String> headers) {
        return CustomHeaders.check("headers", headers, Map.of());
    }

    private static void assertRefused(Map<String, String> headers) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> check(headers))
            .satisfies((problem) -> assertThat(problem.errors().getFirst().field()).startsWith("headers"));
    }

}
