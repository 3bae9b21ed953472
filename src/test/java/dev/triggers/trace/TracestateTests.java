package dev.triggers.trace;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TracestateTests {

    private static String read(String... headers) {
        return Tracestate.parse(List.of(headers)).value();
    }

    private static String entry(String key, int length) {
        return key + "=" + "x".repeat(length - key.length() - 1);
    }

    @Test
    void severalHeadersAreOneAndStayInTheirOrder() {
        assertThat(read("rojo=00f067aa0ba902b7")).isEqualTo("rojo=00f067aa0ba902b7");
        assertThat(read("b=1 , a@c= a b!", "\t0z/*_-=~", "")).isEqualTo("b=1,a@c= a b!,0z/*_-=~");
        assertThat(read(",a=1,,\t,b=2,")).isEqualTo("a=1,b=2");
        assertThat(Tracestate.parse(List.of("a=1,b=2")).entries()).containsExactly("a=1", "b=2");
        assertThat(Tracestate.parse(List.of()).isEmpty()).isTrue();
        assertThat(Tracestate.NONE.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "=1", "a=", "A=1", "a b=1", "a=1=2", "-a=1", "a=ü", "a=\u0000", "a=1,b", "a =1",
            "@a=1", "a=1;b=2,C" })
    void nothingCountsIfAPartIsWrong(String header) {
        assertThat(read("ok=1", header)).isEmpty();
    }

    @Test
    void keysAndValuesHaveALength() {
        assertThat(read("k".repeat(256) + "=" + "v".repeat(255))).hasSize(512);
        assertThat(read("k".repeat(257) + "=1")).isEmpty();
        assertThat(read("k=" + "v".repeat(257))).isEmpty();
        String most = IntStream.range(0, 32).mapToObj((n) -> "k" + n + "=1").collect(Collectors.joining(","));
        assertThat(read(most)).isEqualTo(most);
        assertThat(read(most, "one=more")).isEmpty();
    }

    @Test
    void whereNotAllCanBeKeptTheLargeGoFirstAndThenTheLast() {
        assertThat(read(entry("a", 200), entry("b", 100), entry("c", 210))).hasSize(512);
        assertThat(read(entry("a", 200), entry("b", 100), entry("c", 211)))
            .isEqualTo(entry("a", 200) + "," + entry("b", 100));
        assertThat(read(entry("a", 129), entry("b", 128), entry("c", 128), entry("d", 128), entry("e", 128)))
            .isEqualTo(String.join(",", entry("b", 128), entry("c", 128), entry("d", 128)));
        assertThat(read(Collections.nCopies(32, entry("k", 100)).toArray(String[]::new))).hasSize(504);
    }

}
