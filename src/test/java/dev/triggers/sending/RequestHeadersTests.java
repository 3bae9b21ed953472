package dev.triggers.sending;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHeadersTests {

    @ParameterizedTest
    @CsvSource({ "order.paid, order.paid", "a b%20c, a b%20c", "größe, gr%C3%B6%C3%9Fe", "ä 1%, %C3%A4%201%25",
            "日本, %E6%97%A5%E6%9C%AC", "\uD83D\uDE00, %F0%9F%98%80" })
    void typeBeyondAsciiIsPercentEncoded(String type, String header) {
        assertThat(RequestHeaders.headerValue(type)).isEqualTo(header);
    }

    @Property
    void encodedTypeIsAsciiAndCanBeDecoded(@ForAll String text) {
        String type = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Assume.that(type.chars().anyMatch((c) -> c > 0x7f));
        String header = RequestHeaders.headerValue(type);
        assertThat(header).matches("[!-~]+");
        assertThat(URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8)).isEqualTo(type);
    }

}
