package dev.triggers.key;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.database.Notifications;
import dev.triggers.support.Api;
import dev.triggers.support.Change;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What one instance changes of keys and sessions counts on the other within a second,
 * while others post to both without a break, whose keys are not touched by it.
 */
class AccessAcrossInstancesTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final Map<String, String> SETTINGS = Map.of("PUBLIC_URL", "https://events.example.com");

    private static DatabaseLink listening;

    private static Instance one;

    private static Instance other;

    private final AtomicBoolean over = new AtomicBoolean();

    private final Queue<Reply> disturbed = new ConcurrentLinkedQueue<>();

    private Thread[] posters = new Thread[0];

    private String key = "";

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        listening = new DatabaseLink(database);
        one = Instance.start(database, SETTINGS);
        other = Instance.start(database,
                Map.of("PUBLIC_URL", "https://events.example.com", "DATABASE_LISTEN_URL", listening.url()));
        await().until(() -> other.bean(Notifications.class).healthy());
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        listening.close();
    }

    @BeforeEach
    void load() {
        this.key = one.api().newKey();
        String loaded = one.api().newKey();
        this.posters = new Thread[] { poster(one.api(), loaded), poster(other.api(), loaded) };
    }

    private Thread poster(Api api, String with) {
        return Thread.ofVirtual().start(() -> {
            while (!this.over.get()) {
                Reply reply = api.post("/api/events", with, "{\"type\":\"load\",\"payload\":1}");
                if (reply.status() != 201 && reply.status() != 503) {
                    this.disturbed.add(reply);
                }
            }
        });
    }

    @AfterEach
    void nobodyElseWasDisturbed() throws InterruptedException {
        this.over.set(true);
        for (Thread poster : this.posters) {
            poster.join();
        }
        assertThat(this.disturbed).isEmpty();
    }

    private String made(String body) {
        return Api.patiently(() -> one.api().post("/api/organization/keys", this.key, body.replace('\'', '"')))
            .text("api_key");
    }

    private String id(int index) {
        return one.api().get("/api/organization/keys", this.key).at("/keys/" + index + "/id").stringValue();
    }

    private String session(Api api, String maker) {
        String token = Api.patiently(() -> api.post("/api/portal/sessions", maker, "")).text("token");
        return other.api().post("/api/portal/sessions/exchange", null, "{\"token\":\"" + token + "\"}").text("api_key");
    }

    private static int seen(String by) {
        return Api.patiently(() -> other.api().get("/api/inbox", by)).status();
    }

    @Test
    void aDeletedKeyIsDeadWithItsSessions() {
        String doomed = made("{'name':'doomed'}");
        String session = session(one.api(), doomed);
        assertThat(seen(doomed)).isEqualTo(200);
        assertThat(seen(session)).isEqualTo(200);
        assertThat(one.api().delete("/api/organization/keys/" + id(1), this.key).status()).isEqualTo(204);
        assertThat(Change.await(() -> seen(doomed), 401)).isLessThanOrEqualTo(A_SECOND);
        assertThat(Change.await(() -> seen(session), 401)).isLessThanOrEqualTo(A_SECOND);
        assertThat(seen(this.key)).isEqualTo(200);
    }

    @Test
    void aLoweredKeyLowersItsSessions() {
        String lowered = made("{'name':'lowered'}");
        String session = session(one.api(), lowered);
        assertThat(seen(lowered)).isEqualTo(200);
        assertThat(seen(session)).isEqualTo(200);
        assertThat(one.api()
            .patch("/api/organization/keys/" + id(1), this.key, "{\"scopes\":[\"webhooks:read\"]}")
            .status()).isEqualTo(200);
        assertThat(Change.await(() -> seen(lowered), 403)).isLessThanOrEqualTo(A_SECOND);
        assertThat(Change.await(() -> seen(session), 403)).isLessThanOrEqualTo(A_SECOND);
    }

    @Test
    void sessionsGoOnWithARotatedKeyAndEndTogether() {
        String maker = made("{'name':'maker'}");
        String session = session(one.api(), maker);
        assertThat(seen(session)).isEqualTo(200);
        assertThat(one.api().post("/api/keys/rotate", maker, "").status()).isEqualTo(200);
        assertThat(Change.await(() -> seen(maker), 401)).isLessThanOrEqualTo(A_SECOND);
        assertThat(seen(session)).isEqualTo(200);
        assertThat(one.api().delete("/api/portal/sessions", this.key).status()).isEqualTo(204);
        assertThat(Change.await(() -> seen(session), 401)).isLessThanOrEqualTo(A_SECOND);
    }

    @Test
    void aDeafInstanceBelievesNoSessionForLong() {
        String session = session(one.api(), this.key);
        String kept = session(one.api(), this.key);
        assertThat(seen(session)).isEqualTo(200);
        listening.cut();
        try {
            await().until(() -> !other.bean(Notifications.class).healthy());
            assertThat(seen(kept)).isEqualTo(200);
            assertThat(one.api().delete("/api/portal/sessions", this.key).status()).isEqualTo(204);
            assertThat(Change.await(() -> seen(session), 401)).isLessThanOrEqualTo(A_SECOND);
            assertThat(seen(this.key)).isEqualTo(200);
        }
        finally {
            listening.repair();
        }
        await().until(() -> other.bean(Notifications.class).healthy());
        assertThat(Change.await(() -> seen(kept), 401)).isLessThanOrEqualTo(A_SECOND);
    }

}
