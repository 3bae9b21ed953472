package dev.triggers.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class RequestIdAndCorsTests {

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(strings = { "/health", "/nowhere", "/api/keys" })
    void aRequestIdIsEchoed(String path) {
        Reply reply = this.api.send(this.api.request(path, null).header("X-Request-ID", "order 66/a"));
        assertThat(reply.header("X-Request-ID")).isEqualTo("order 66/a");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/health", "/nowhere", "/api/keys", "/metrics" })
    void aRequestIdIsMade(String path) {
        assertThat(this.api.get(path, null).header("X-Request-ID")).hasSize(36)
            .isNotEqualTo(this.api.get(path, null).header("X-Request-ID"));
    }

    @Test
    void anUnreasonableRequestIdIsReplaced() {
        Reply reply = this.api.send(this.api.request("/health", null).header("X-Request-ID", "x".repeat(129)));
        assertThat(reply.header("X-Request-ID")).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/health", "/nowhere", "/api/keys" })
    void pagesOfAnyOriginMayCall(String path) {
        Reply reply = this.api.send(this.api.request(path, null).header("Origin", "https://example.com"));
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(reply.header("Access-Control-Expose-Headers")).contains("X-Request-ID", "X-RateLimit-Remaining");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void aBrowserAsksFirstAndWithoutAKey() {
        Reply reply = this.api.send(this.api.request("/api/events", null)
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", "https://example.com")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-api-key,content-type"));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(reply.header("Access-Control-Allow-Methods")).contains("POST", "PATCH", "DELETE");
        assertThat(reply.header("Access-Control-Allow-Headers")).isEqualTo("x-api-key,content-type");
        assertThat(List.of(String.valueOf(reply.header("Access-Control-Max-Age")))).containsExactly("3600");
    }

}
