package dev.triggers.web;

import java.nio.charset.StandardCharsets;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no proper client sends, and what a proxy may let through.
 */
@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class HostileHttpTests {

    @Autowired
    Api api;

    private int port() {
        return this.api.uri("/").getPort();
    }

    private RawHttp get(String target, String headers) {
        return RawHttp.exchange(port(),
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static void assertProblem(RawHttp answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-ID")).isNotEmpty();
        JsonNode body = new JsonMapper().readTree(answer.body());
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("code").stringValue()).isEqualTo(code);
        assertThat(body.get("type").stringValue()).isEqualTo("about:blank");
        assertThat(body.get("title").isString() && body.get("detail").isString() && body.get("error").isString()
                && body.get("message").isString())
            .as(answer.body())
            .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/events/%00", "/%00", "/api/events/%2f", "/api%2fevents", "/api/events/%5c",
            "/api/events/%zz", "/api/events/%", "/api/inbox?type=\"x\"", "/api/inbox?type=<x>", "/api/{x}", "/a\\b",
            "/%c0%af", "/api/events/../../..", "http://localhost/%00", "*", "/a b" })
    void aBadTargetIsAProblem(String target) {
        RawHttp answer = get(target, "");
        assertThat(answer.status()).as(target + " " + answer).isBetween(400, 404);
        assertProblem(answer, answer.status(),
                answer.status() == 400 ? "malformed_request" : (answer.status() == 401) ? "unauthorized" : "not_found");
    }

    @Test
    void headersOver16KibAreTooLarge() {
        assertProblem(get("/health", "X-Large: " + "x".repeat(17 * 1024) + "\r\n"), 431, "headers_too_large");
        assertProblem(get("/health", ("X-Many: " + "y".repeat(100) + "\r\n").repeat(180)), 431, "headers_too_large");
        assertThat(get("/health", "X-Large: " + "x".repeat(12 * 1024) + "\r\n").status()).isEqualTo(200);
    }

    @Test
    void aVeryLongTargetIsTooLarge() {
        assertProblem(get("/" + "x".repeat(20_000), ""), 431, "headers_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = { "G{T / HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
            "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n" })
    void badHttpIsAProblem(String request) {
        RawHttp answer = RawHttp.exchange(port(), request);
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.header("Content-Type")).as(answer.toString()).isEqualTo("application/problem+json");
        assertThat(new JsonMapper().readTree(answer.body()).get("status").intValue()).isEqualTo(answer.status());
    }

    @Test
    void whatIsNotSpokenIsNoFaultOfOurs() {
        String end = " HTTP/1.1\r\nHost: a\r\n";
        assertProblem(RawHttp.exchange(port(), "CONNECT a:1" + end + "\r\n"), 400, "malformed_request");
        assertProblem(RawHttp.exchange(port(), "POST /x" + end + "Transfer-Encoding: zip\r\n\r\n"), 400,
                "malformed_request");
        assertProblem(RawHttp.exchange(port(), "GET / HTTP/9.9\r\nHost: a\r\n\r\n"), 400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "PUT /", "PUT /docs", "DELETE /metrics", "GET /docs/../x", "GET /webjars/../application.yaml",
                    "GET /webjars/..%5c", "GET /webjars/%2e%2e/x", "GET /webjars/x:y", "GET /webjars/http://x" })
    void whatClientsAskWronglyIsNotLogged(String request, CapturedOutput output) {
        RawHttp answer = RawHttp.exchange(port(),
                request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 405);
        assertThat(output.getOut()).doesNotContain("DefaultHandlerExceptionResolver", "ResourceHandler");
    }

    @Test
    void rubbishIsAnsweredAsItsProtocolHasIt() {
        // HTTP/0.9: without a head
        RawHttp answer = RawHttp.exchange(port(), "complete rubbish\r\n\r\n");
        assertThat(new JsonMapper().readTree(answer.head()).get("status").intValue()).isEqualTo(400);
    }

    @Test
    void aCutBodyIsNotTakenForAWholeOne() {
        RawHttp answer = RawHttp.exchange(port(), "POST /api/keys/generate HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        assertProblem(answer, 400, "malformed_request");
    }

    @Test
    void aChunkedBodyIsRead() {
        RawHttp answer = RawHttp
            .exchange(port(), "POST /api/keys/generate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"org\r\n10\r\n_name\": \"chunks\"\r\n1\r\n}\r\n0\r\n\r\n");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    @Test
    void anEndlessBodyIsCutAtTheLimit() {
        byte[] head = ("POST /api/keys/generate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = ("8000\r\n" + " ".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] end = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertProblem(RawHttp.exchange(port(), head, chunk, end), 413, "payload_too_large");
    }

    @Test
    void aClientThatWaitsForAWordHearsOneBeforeItsBody() {
        RawHttp answer = RawHttp.exchange(port(), "POST /api/events HTTP/1.1\r\nHost: localhost\r\n"
                + "Expect: 100-continue\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n");
        assertProblem(answer, 401, "unauthorized");
    }

}
