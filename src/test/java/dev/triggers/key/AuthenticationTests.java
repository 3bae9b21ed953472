package dev.triggers.key;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class AuthenticationTests {

    @Autowired
    Api api;

    @Autowired
    KeyAuthenticator authenticator;

    @Autowired
    JdbcClient jdbc;

    private static void assertUnauthorized(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.text("code")).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/keys", "/api/events", "/api/inbox", "/api/nowhere", "/api//keys", "/%61pi/keys",
            "/api/x/../keys", "/api;a=b/keys" })
    void withoutAKeyNothingIsReached(String path) {
        assertUnauthorized(this.api.get(path, null));
        assertUnauthorized(this.api.post(path, null, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "nonsense", "zap_live_", "zap_live_0123", "zap_live_zzzz" })
    void whatIsNoKeyIsRefused(String key) {
        assertUnauthorized(this.api.get("/api/keys", key));
        assertUnauthorized(this.api.send(this.api.request("/api/keys", null).header("Authorization", "Bearer " + key)));
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertUnauthorized(this.api.get("/api/keys", randomKey("")));
    }

    @Test
    void theWholeKeyCounts() {
        String key = this.api.newKey();
        assertThat(this.api.get("/api/keys", key).status()).isEqualTo(200);
        String last = key.endsWith("0") ? "1" : "0";
        for (String wrong : List.of(key.substring(0, key.length() - 1) + last, key + "0",
                key.substring(0, key.length() - 1), key.toUpperCase(Locale.ROOT), key.replace("live", "test"))) {
            assertUnauthorized(this.api.get("/api/keys", wrong));
            this.authenticator.forget(key.substring(9, 25));
            assertUnauthorized(this.api.get("/api/keys", wrong));
        }
        assertThat(this.api.get("/api/keys", key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Bearer ", "bearer ", "BEARER  " })
    void aBearerTokenIsAKeyToo(String scheme) {
        String key = this.api.newKey();
        assertThat(this.api.send(this.api.request("/api/keys", null).header("Authorization", scheme + key)).status())
            .isEqualTo(200);
        assertUnauthorized(this.api.send(this.api.request("/api/keys", null).header("Authorization", "Basic " + key)));
    }

    @Test
    void aKeyIsJudgedBeforeTheBody() {
        Reply reply = this.api.send(this.api.request("/api/events", "nonsense")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofByteArray(new byte[1_000_000])));
        assertUnauthorized(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/keys", "/%61pi/keys", "/api/nowhere", "/api/service" })
    void noAnswerIsStoredOrGuessedAt(String path) {
        for (String key : new String[] { this.api.newKey(), "nonsense" }) {
            Reply reply = this.api.get(path, key);
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void aFloodOfWrongKeysSlowsNoVerifiedKey() throws Exception {
        String verified = this.api.newKey();
        assertThat(this.api.get("/api/keys", verified).status()).isEqualTo(200);
        String attacked = this.api.newKey();
        String attackedId = attacked.substring(9, 25);
        KeyMetricsTests.unrecognized(this.jdbc, attacked);
        this.authenticator.forget(attackedId);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> flood = IntStream.range(0, 100)
                .<Callable<Reply>>mapToObj((i) -> () -> this.api.get("/api/keys", randomKey(attackedId)))
                .toList();
            List<Future<Reply>> answers = flood.stream().map(clients::submit).toList();
            for (int i = 0; i < 20; i++) {
                assertThat(this.api.get("/api/keys", verified).status()).isEqualTo(200);
            }
            int overloaded = 0;
            for (Future<Reply> answer : answers) {
                Reply reply = answer.get();
                assertThat(reply.status()).isIn(401, 503);
                if (reply.status() == 503) {
                    overloaded++;
                    assertThat(Integer.parseInt(String.valueOf(reply.header("Retry-After")))).isPositive();
                }
            }
            assertThat(overloaded).isPositive();
        }
        Awaitility.await().until(() -> this.api.get("/api/keys", attacked).status() == 200);
        assertUnauthorized(this.api.get("/api/keys", randomKey(attackedId)));
    }

    @Test
    void manyRequestsWithOneNewKeyAreAllAnswered() throws Exception {
        String key = this.api.newKey();
        this.authenticator.forget(key.substring(9, 25));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 64)
                .mapToObj((i) -> clients.submit(() -> this.api.get("/api/nowhere", key).status()))
                .toList();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(404);
            }
        }
    }

    private static String randomKey(String id) {
        byte[] bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return "zap_live_" + id + HexFormat.of().formatHex(bytes).substring(id.length());
    }

}
