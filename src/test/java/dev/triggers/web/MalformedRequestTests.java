package dev.triggers.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Well-formed HTTP with something else wrong.
 */
@IntegrationTest
class MalformedRequestTests {

    private static final String GENERATE = "/api/keys/generate";

    private static final String GOOD = "{\"organization_name\":\"Acme\"}";

    @Autowired
    Api api;

    private Reply post(byte[] body, @Nullable String contentType) {
        var request = this.api.request(GENERATE, null).POST(BodyPublishers.ofByteArray(body));
        return this.api.send((contentType != null) ? request.header("Content-Type", contentType) : request);
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.text("code")).isEqualTo(code);
        assertThat(reply.at("status").intValue()).isEqualTo(status);
        for (String member : List.of("type", "title", "detail", "instance", "error", "message")) {
            assertThat(reply.text(member)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "{}{}", "{} x", "{\"organization_name\":\"a\"}{\"organization_name\":\"a\"}",
            "{\"organization_name\":\"a\"} ]", "{organization_name:'a'}", "{\"organization_name\":\"a\",}",
            "{\"organization_name\":\"a\",\"organization_name\":\"b\"}", "{\"organization_name\":\"a\nb\"}",
            "{\"organization_name\":\"\\x\"}", "{\"organization_name\":01}", "{\"organization_name\":NaN}",
            "// c\n{\"organization_name\":\"a\"}", "[]", "[{\"organization_name\":\"a\"}]", "\"text\"", "1", "null",
            "true", "\u0000" })
    void anythingButOneJsonObjectIsMalformed(String body) {
        assertProblem(post(body.getBytes(StandardCharsets.UTF_8), "application/json"), 400, "malformed_request");
    }

    @Test
    void aHundredThousandBracketsAreMalformed() {
        assertProblem(post("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), null), 413, "payload_too_large");
        String deep = "{\"a\":" + "[".repeat(7_000) + "]".repeat(7_000) + "," + GOOD.substring(1);
        assertProblem(post(deep.getBytes(StandardCharsets.UTF_8), null), 400, "malformed_request");
        String allowed = "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "," + GOOD.substring(1);
        assertThat(post(allowed.getBytes(StandardCharsets.UTF_8), null).status()).isEqualTo(201);
    }

    static Stream<Charset> otherCharsets() {
        return Stream.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32"));
    }

    @ParameterizedTest
    @MethodSource("otherCharsets")
    void whatIsNotUtf8IsMalformed(Charset charset) {
        assertProblem(post(GOOD.getBytes(charset), "application/json"), 400, "malformed_request");
    }

    @Test
    void invalidUtf8IsRefused() {
        for (byte[] bad : new byte[][] { { (byte) 0xFF }, { (byte) 0xC3, '(' }, { (byte) 0xC0, (byte) 0x80 },
                { (byte) 0xED, (byte) 0xA0, (byte) 0x80 }, { (byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80 } }) {
            byte[] body = "{\"organization_name\":\"abcdefgh\"}".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bad, 0, body, 24, bad.length);
            assertThat(post(body, "application/json").status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/xml", "application/jsonx", "application/json; charset=utf-16",
            "application/json; charset=iso-8859-1", "nonsense" })
    void anotherContentTypeIsUnsupported(String contentType) {
        assertProblem(post(GOOD.getBytes(StandardCharsets.UTF_8), contentType), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource({ "gzip,415", "br,415", "identity,201" })
    void bodyIsTakenAsItIsAndNeverUnpacked(String encoding, int status) {
        Reply reply = this.api.send(this.api.request(GENERATE, null)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofString(GOOD)));
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "Application/JSON", "application/json;charset=UTF-8",
            "application/json; charset=\"utf-8\"", "application/vnd.acme+json" })
    void jsonGoesByManyNames(String contentType) {
        assertThat(post(GOOD.getBytes(StandardCharsets.UTF_8), contentType).status()).isEqualTo(201);
    }

    @Test
    void noContentTypeMeansJson() {
        assertThat(post(GOOD.getBytes(StandardCharsets.UTF_8), null).status()).isEqualTo(201);
    }

    /** Paths are found as they are written, encoded or not, but not tidied up. */
    @ParameterizedTest
    @CsvSource({ "/api/events, 201", "/api/%65vents, 201", "/api/events;a=b, 201", "//api/events, 404",
            "/api//events, 404", "/api/x/../events, 404", "/api/events/, 404", "/api%2Fevents, 400" })
    void anEventIsTakenAtItsPath(String path, int status) {
        assertThat(this.api.post(path, this.api.newKey(), "{\"type\":\"order.paid\",\"payload\":{}}").status())
            .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = { 20_000, 1_048_576, 20_000_000 })
    void aLargeBodyIsRefusedAndTheClientHearsWhy(int size) {
        assertProblem(post(new byte[size], "application/json"), 413, "payload_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/html", "application/xml", "*/*;q=0", "nonsense" })
    void answersAreJsonWhateverTheClientAccepts(String accept) {
        assertThat(this.api.send(this.api.request("/health", null).header("Accept", accept)).json().isObject())
            .isTrue();
        assertProblem(this.api.send(this.api.request("/nowhere", null).header("Accept", accept)), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({ "GET, /api/keys/generate, POST", "DELETE, /api/keys/generate, POST", "PUT, /api/keys, 'GET, HEAD'",
            "GET, /api/keys/rotate, POST", "POST, /health, 'GET, HEAD'", "BREW, /health, 'GET, HEAD'" })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        String key = this.api.newKey();
        Reply reply = this.api.send(this.api.request(path, key).method(method, BodyPublishers.noBody()));
        assertProblem(reply, 405, "method_not_allowed");
        assertThat(List.of(String.valueOf(reply.header("Allow")).split(", ")))
            .containsAll(List.of(allowed.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE", "BREW" })
    void anUnknownPathIsNotFoundWithAnyMethod(String method) {
        String key = this.api.newKey();
        for (String path : List.of("/nowhere", "/api/nowhere", "/api/keys/", "/error", "/actuator", "/API/keys")) {
            Reply reply = this.api.send(this.api.request(path, key).method(method, BodyPublishers.noBody()));
            assertProblem(reply, 404, "not_found");
        }
    }

}
