package dev.triggers.health;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.triggers.support.Change;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Pulse;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DatabaseAwayTests {

    private static DatabaseLink link;

    private static Instance instance;

    @BeforeAll
    static void start() {
        link = new DatabaseLink(PostgresServer.newDatabase());
        instance = Instance.start(link.url(), Map.of());
    }

    @AfterAll
    static void stop() {
        instance.close();
        link.close();
    }

    @AfterEach
    void recovers() {
        link.repair();
        await().until(() -> get("/health/ready", null).status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "cut", "frozen" })
    void whateverNeedsTheDatabaseIsUnavailableSoon(String how) {
        String key = await().ignoreExceptions().until(() -> instance.api().newKey(), (made) -> true);
        if (how.equals("cut")) {
            link.cut();
        }
        else {
            link.freeze();
        }
        assertThat(Change.await(() -> get("/health/ready", null).status(), 503))
            .isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(get("/health", null).status()).isEqualTo(200);
        assertThat(get("/health/live", null).status()).isEqualTo(200);
        assertUnavailable(() -> get("/api/keys", key));
        assertUnavailable(() -> get("/api/keys", randomKey()));
        assertUnavailable(() -> instance.api().post("/api/keys/rotate", key, ""));
        assertUnavailable(() -> instance.api().post("/api/keys/generate", null, "{\"org_name\":\"a\"}"));
        assertThat(get("/api/keys", "nonsense").status()).isEqualTo(401);
    }

    private static void assertUnavailable(java.util.function.Supplier<Reply> request) {
        try (Pulse pulse = new Pulse()) {
            long started = System.nanoTime();
            Reply reply = request.get();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotNull();
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(took).isLessThan(pulse.allow(Duration.ofSeconds(3)));
        }
    }

    private static Reply get(String path, @org.jspecify.annotations.Nullable String key) {
        return instance.api().get(path, key);
    }

    private static String randomKey() {
        byte[] bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return "zap_live_" + HexFormat.of().formatHex(bytes);
    }

}
