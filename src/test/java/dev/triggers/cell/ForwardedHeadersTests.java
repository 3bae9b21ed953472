package dev.triggers.cell;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is for one connection, or for this side of it, goes no further; all else does, as
 * it came.
 */
class ForwardedHeadersTests {

    private static final Set<String> KEPT_BACK = Set.of("connection", "keep-alive", "te", "transfer-encoding",
            "upgrade", "proxy-authorization", "host", "content-length", "expect", "x-admin-token", "x-forwarded-for",
            "x-forwarded-proto", "forwarded", "x-cell-from", "x-cell-client", "x-cell-code", "x-cell-anything");

    @Provide
    Arbitrary<String> name() {
        return Arbitraries
            .oneOf(Arbitraries.of(KEPT_BACK),
                    Arbitraries.of("X-API-Key", "Authorization", "Accept", "Last-Event-ID", "traceparent", "X-Own",
                            "X-Cel", "Forward"),
                    Arbitraries.strings().withChars("abcXYZ-9").ofMinLength(1).ofMaxLength(12))
            .flatMap((name) -> Arbitraries.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
    }

    @Property(tries = 300)
    void whatIsForTheEndsGoesOnAndNothingElse(@ForAll List<@net.jqwik.api.From("name") String> names,
            @ForAll("name") String named) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/inbox");
        request.addHeader("Connection", "close, " + named);
        names.forEach((name) -> request.addHeader(name, "v"));
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setHeader("X-Request-ID", "id");
        BasicHttpRequest forwarded = new BasicHttpRequest("GET", "/api/inbox");
        ForwardedHeaders.copy(request, response, forwarded);
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean goesOn = !KEPT_BACK.contains(lower) && !lower.equals(named.toLowerCase(Locale.ROOT));
            long copies = names.stream().filter(name::equalsIgnoreCase).count();
            assertThat(forwarded.getHeaders(name)).as(name).hasSize(goesOn ? (int) copies : 0);
        }
        assertThat(forwarded.getHeaders("X-Request-ID")).hasSize(1);
        assertThat(forwarded.containsHeader("Connection")).isFalse();
    }

    @Property(tries = 200)
    void anAnswersOwnConnectionIsItsOwn(@ForAll("name") String named) {
        BasicHttpRequest answer = new BasicHttpRequest("GET", "/");
        answer.addHeader("Connection", named);
        answer.addHeader(named, "v");
        answer.addHeader("X-Two", "a");
        answer.addHeader("X-Two", "b");
        answer.addHeader("Access-Control-Allow-Origin", "https://theirs.example");
        answer.addHeader("Cache-Control", "no-store");
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Access-Control-Allow-Origin", "https://ours.example");
        ForwardedHeaders.copy(answer, response);
        assertThat(response.getHeader(named)).isNull();
        assertThat(response.getHeaders("X-Two")).containsExactly("a", "b");
        assertThat(response.getHeaders("Access-Control-Allow-Origin")).containsExactly("https://ours.example");
        assertThat(response.getHeaders("Cache-Control")).containsExactly("no-store");
    }

}
