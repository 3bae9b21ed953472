package dev.triggers.key;

import java.time.Duration;
import java.util.Map;

import dev.triggers.database.Notifications;
import dev.triggers.support.Change;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RotationAcrossInstancesTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final Duration GRACE = Duration.ofSeconds(3);

    private static DatabaseLink listening;

    private static Instance one;

    private static Instance other;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        listening = new DatabaseLink(database);
        one = Instance.start(database, Map.of());
        other = Instance.start(database, Map.of("DATABASE_LISTEN_URL", listening.url()));
        await().until(() -> other.bean(Notifications.class).healthy());
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        listening.close();
    }

    private static int status(String key) {
        return other.api().get("/api/keys", key).status();
    }

    @Test
    void aRotatedKeyIsDeadOnEveryInstanceWithinASecond() {
        String old = one.api().newKey();
        assertThat(other.api().get("/api/keys", old).status()).isEqualTo(200);
        String renewed = one.api().post("/api/keys/rotate", old, "").text("api_key");
        assertThat(Change.await(() -> status(old), 401)).isLessThanOrEqualTo(A_SECOND);
        assertThat(other.api().get("/api/keys", renewed).status()).isEqualTo(200);
    }

    @Test
    void aGracePeriodHoldsOnEveryInstance() {
        String old = one.api().newKey();
        assertThat(other.api().get("/api/keys", old).status()).isEqualTo(200);
        long asked = System.nanoTime();
        one.api().post("/api/keys/rotate", old, "{\"grace_period_seconds\":3}");
        assertThat(Change.await(() -> status(old), 401)).isLessThanOrEqualTo(GRACE.plus(A_SECOND));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(GRACE);
        assertThat(one.api().get("/api/keys", old).status()).isEqualTo(401);
    }

    @Test
    void aDeafInstanceDoesNotTrustWhatItRemembers() {
        String old = one.api().newKey();
        String kept = one.api().newKey();
        assertThat(other.api().get("/api/keys", old).status()).isEqualTo(200);
        assertThat(other.api().get("/api/keys", kept).status()).isEqualTo(200);
        listening.cut();
        try {
            await().until(() -> !other.bean(Notifications.class).healthy());
            one.api().post("/api/keys/rotate", old, "");
            assertThat(Change.await(() -> status(old), 401)).isLessThanOrEqualTo(A_SECOND);
            assertThat(other.api().get("/api/keys", kept).status()).isEqualTo(200);
        }
        finally {
            listening.repair();
        }
        await().until(() -> other.bean(Notifications.class).healthy());
        assertThat(other.api().get("/api/keys", old).status()).isEqualTo(401);
        assertThat(other.api().get("/api/keys", kept).status()).isEqualTo(200);
    }

}
