package dev.triggers.search;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the terms of a query find in a payload.
 */
class PayloadMatcherTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "payload.user.id:42 | {\"user\":{\"id\":42}}",
            "payload.user.id:42 | {\"user\":{\"id\":4.2e1}}", "payload.user.id:42 | {\"user\":{\"id\":\"42\"}}",
            "payload.user.id:\"42\" | {\"user\":{\"id\":\"42\"}}", "payload.a:true | {\"a\":true}",
            "payload.a:null | {\"a\":null}", "payload.a:caf\u00e9 | {\"a\":\"caf\\u00e9\"}",
            "payload.\u00e9:1 | {\"\\u00e9\":1}", "payload.tags[]:vip | {\"tags\":[\"new\",\"vip\"]}",
            "payload.tags[]:vip | {\"tags\":[\"\\u0076ip\"]}", "payload.a[].b[]:1 | {\"a\":[{},{\"b\":[0,1.0]}]}",
            "payload[]:1 | [3,2,1]", "payload[][]:1 | [[1]]", "vip | {\"tags\":[\"a vip!\"]}", "vip | {\"vip\":1}",
            "vip | \"\\u0076\\u0069p\"", "\"a b\" | \"x a b y\"", "\"a/b\" | \"a\\/b\"", "12 | {\"n\":3124}",
            "\"say \\\"hi\\\"\" | \"say \\\"hi\\\"\"", "payload.a:1 | {\"a\":2,\"a\":1}", "-payload.a:1 | {\"a\":2}",
            "-vip | {}", "payload.a:1 payload.b:2 | {\"b\":2,\"a\":1}", "payload.a.b:1 | {\"a\":{\"a\":{},\"b\":1}}" })
    void matches(String query, String payload) {
        assertThat(holds(query, payload)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = { "payload.id:12345678901234567890 | {\"id\":12345678901234567568}",
                    "payload.user.id:\"42\" | {\"user\":{\"id\":42}}", "payload.id:42 | {\"user\":{\"id\":42}}",
                    "payload.a:\"true\" | {\"a\":true}", "payload.tags:vip | {\"tags\":[\"vip\"]}",
                    "payload.tags[]:vip | {\"tags\":\"vip\"}", "payload.tags[]:vip | {\"tags\":[[\"vip\"]]}",
                    "VIP | \"vip\"", "-payload.tags[]:vip | {\"tags\":[1,\"vip\"]}",
                    "payload.a:1 payload.b:2 | {\"a\":1}", "payload.a.b:1 | {\"a\":{\"c\":{\"b\":1}}}" })
    void doesNotMatch(String query, String payload) {
        assertThat(holds(query, payload)).isFalse();
    }

    @Test
    void deepestPayloadIsRead() {
        String payload = "[".repeat(500) + "\"vip\"" + "]".repeat(500);
        assertThat(holds("vip", payload)).isTrue();
    }

    private static boolean holds(String query, String payload) {
        return QueryParser.parse(query, Instant.EPOCH).holdsForPayload(payload);
    }

}
