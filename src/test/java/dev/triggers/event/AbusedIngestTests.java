package dev.triggers.event;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What careless and hostile clients post: answered as the client's fault, and without
 * harm to anybody else.
 */
@IntegrationTest
class AbusedIngestTests {

    private static final String EVENT = "{\"type\":\"a\",\"payload\":1}";

    @Autowired
    private Api api;

    static Stream<Arguments> bodies() {
        return Stream.of(arguments("empty", utf8("")), arguments("blank", utf8(" \n")),
                arguments("cut", utf8("{\"type\":\"a\",\"payload\":{\"b\":")),
                arguments("cut string", utf8("{\"type\":\"a")), arguments("twice", utf8(EVENT + EVENT)),
                arguments("text behind", utf8(EVENT + " x")),
                arguments("a comma too many", utf8("{\"type\":\"a\",\"payload\":1,}")),
                arguments("single quotes", utf8("{'type':'a','payload':1}")),
                arguments("comment", utf8("/**/" + EVENT)), arguments("NaN", utf8("{\"type\":\"a\",\"payload\":NaN}")),
                arguments("leading zero", utf8("{\"type\":\"a\",\"payload\":01}")),
                arguments("plus sign", utf8("{\"type\":\"a\",\"payload\":+1}")),
                arguments("no digits", utf8("{\"type\":\"a\",\"payload\":-}")),
                arguments("bad escape", utf8("{\"type\":\"a\",\"payload\":\"\\x41\"}")),
                arguments("raw line break", utf8("{\"type\":\"a\",\"payload\":\"\n\"}")),
                arguments("raw NUL", utf8("{\"type\":\"a\",\"payload\":\"\0\"}")),
                arguments("NUL behind", utf8(EVENT + "\0")), arguments("array", utf8("[" + EVENT + "]")),
                arguments("string", utf8("\"" + EVENT.replace("\"", "\\\"") + "\"")), arguments("number", utf8("42")),
                arguments("null", utf8("null")), arguments("XML", utf8("<event/>")),
                arguments("two byte order marks", utf8("\uFEFF\uFEFF" + EVENT)),
                arguments("Latin-1", bytes("{\"type\":\"\u00E9\",\"payload\":1}", StandardCharsets.ISO_8859_1)),
                arguments("Latin-1 payload",
                        bytes("{\"type\":\"a\",\"payload\":\"\u00E9\"}", StandardCharsets.ISO_8859_1)),
                arguments("Latin-1 name",
                        bytes("{\"\u00E9\":1,\"type\":\"a\",\"payload\":1}", StandardCharsets.ISO_8859_1)),
                arguments("overlong UTF-8", with("{\"type\":\"a\",\"payload\":\"?\"}", 0xC0, 0xAF)),
                arguments("surrogate in UTF-8", with("{\"type\":\"a\",\"payload\":\"?\"}", 0xED, 0xA0, 0x80)),
                arguments("beyond Unicode", with("{\"type\":\"a\",\"payload\":\"?\"}", 0xF4, 0x90, 0x80, 0x80)),
                arguments("cut UTF-8", with("{\"type\":\"a\",\"payload\":\"?\"}", 0xE2, 0x82)),
                arguments("UTF-16", bytes(EVENT, StandardCharsets.UTF_16)),
                arguments("UTF-16LE", bytes(EVENT, StandardCharsets.UTF_16LE)),
                arguments("UTF-16BE", bytes(EVENT, StandardCharsets.UTF_16BE)),
                arguments("UTF-32", bytes(EVENT, Charset.forName("UTF-32"))),
                arguments("100,000 brackets", utf8("{\"type\":\"a\",\"payload\":" + "[".repeat(100_000))),
                arguments("100,000 pairs of brackets",
                        utf8("{\"type\":\"a\",\"payload\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")),
                arguments("100,000 objects", utf8("{\"type\":\"a\",\"payload\":" + "{\"\":".repeat(80_000))),
                arguments("brackets from the start", utf8("[".repeat(100_000))),
                arguments("deep unknown member", utf8("{\"x\":" + "[".repeat(100_000))));
    }

    private static byte[] utf8(String body) {
        return bytes(body, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String body, Charset charset) {
        return body.getBytes(charset);
    }

    /** The body with these bytes in the place of its question mark. */
    private static byte[] with(String body, int... bytes) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(bytes).forEach((b) -> text.append((char) b));
        return body.replace("?", text).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void bodyThatIsNoEventIsRefused(String name, byte[] body) {
        String key = this.api.newKey();
        Reply reply = this.api.post("/api/events", key, body);
        assertThat(reply.status()).as("%s: %s", name, reply).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.text("code")).isIn("malformed_request", "validation_error");
        assertThat(this.api.post("/api/events/batch", key, body).status()).as(name).isBetween(200, 499);
        assertThat(this.api.post("/api/events", key, EVENT).status()).isEqualTo(201);
    }

    @Test
    void mebibyteIsTooLarge() {
        String key = this.api.newKey();
        String mebibyte = "\"" + "x".repeat(1024 * 1024) + "\"";
        for (String body : new String[] { mebibyte, "{\"type\":\"a\",\"payload\":" + mebibyte + "}",
                "{\"type\":" + mebibyte + ",\"payload\":1}", "{" + mebibyte + ":1,\"type\":\"a\",\"payload\":1}" }) {
            Reply reply = this.api.post("/api/events", key, body);
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.text("code")).isEqualTo("payload_too_large");
        }
    }

    @Test
    void hugeTypeOrNumberIsTheClientsFault() {
        String key = this.api.newKey();
        assertThat(
                this.api.post("/api/events", key, "{\"type\":\"" + "x".repeat(300_000) + "\",\"payload\":1}").status())
            .isEqualTo(400);
        assertThat(this.api.post("/api/events", key, "{\"type\":" + "9".repeat(300_000) + ",\"payload\":1}").status())
            .isEqualTo(400);
        assertThat(
                this.api.post("/api/events", key, "{\"type\":\"a\",\"payload\":1,\"deliver_at\":1e999999999}").status())
            .isEqualTo(400);
        assertThat(this.api.post("/api/events", key, "{\"type\":\"a\",\"payload\":1e999999999}").status())
            .isEqualTo(201);
    }

    @Test
    void escapesThatNoTextCanHoldStayInThePayload() {
        String key = this.api.newKey();
        for (String payload : new String[] { "\"\\u0000\"", "{\"\\u0000\":\"\\ud800\"}", "\"\\udc00\\ud800\"",
                "[\"\\u0001\\u007f\"]", "{\"a\":1,\"a\":2}", "{\"\":{\"\":\"\"}}" }) {
            String id = this.api.postEvent(key, "a", payload);
            assertThat(this.api.get("/api/events/" + id, key).body()).contains("\"payload\":" + payload + ",");
        }
    }

    @Test
    void randomBytesAreNeverOurFault() {
        String key = this.api.newKey();
        Random random = new Random(20260131);
        byte[] valid = utf8("{\"type\":\"a\\u00e9\",\"payload\":{\"b\":[1,-2.5e3,\"\u20AC\"]},\"dedup_id\":\"d\"}");
        for (int i = 0; i < 300; i++) {
            byte[] body = valid.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Reply reply = this.api.post("/api/events", key, body);
            assertThat(reply.status()).as(() -> new String(body, StandardCharsets.ISO_8859_1)).isLessThan(500);
            Reply batch = this.api.post("/api/events/batch", key,
                    utf8("[" + new String(body, StandardCharsets.ISO_8859_1) + "]"));
            assertThat(batch.status()).as(() -> new String(body, StandardCharsets.ISO_8859_1)).isLessThan(500);
        }
    }

}
