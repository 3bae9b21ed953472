package dev.triggers.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

import dev.triggers.database.Notifications;
import dev.triggers.support.Api;
import dev.triggers.support.Change;
import dev.triggers.support.Concurrently;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
    void aRestrictedKeyIsHeldEverywhereAndSoIsWhatItIsRotatedTo() {
        String held = made("{'name':'held','types':['user.*']}");
        String own = one.api().postEvent(this.key, "user.created", "1");
        String foreign = other.api().postEvent(this.key, "order.paid", "1");
        assertHeld(held, own, foreign);
        String renewed = one.api().post("/api/keys/rotate", held, "").text("api_key");
        assertThat(Change.await(() -> seen(held), 401)).isLessThanOrEqualTo(A_SECOND);
        assertHeld(renewed, own, foreign);
        assertThat(one.api().delete("/api/organization/keys/" + id(1), this.key).status()).isEqualTo(204);
        assertThat(Change.await(() -> seen(renewed), 401)).isLessThanOrEqualTo(A_SECOND);
    }

    private static void assertHeld(String held, String own, String foreign) {
        for (Api api : List.of(one.api(), other.api())) {
            assertThat(Api.patiently(() -> api.post("/api/events", held, "{\"type\":\"order.paid\",\"payload\":1}"))
                .status()).isEqualTo(403);
            Reply inbox = Api.patiently(() -> api.get("/api/inbox", held));
            assertThat(inbox.at("count").intValue()).isEqualTo(1);
            assertThat(inbox.text("/events/0/id")).isEqualTo(own);
            assertThat(Api.patiently(() -> api.get("/api/events/" + foreign, held)).status()).isEqualTo(404);
        }
    }

    @Test
    void oneOfTwoLastKeysStaysWhoeverEndsOrLowersTheOther() {
        String key = this.key;
        for (int i = 0; i < 8; i++) {
            String second = Api
                .patiently(() -> one.api().post("/api/organization/keys", this.key, "{\"name\":\"second\"}"))
                .text("api_key");
            List<String> keys = List.of(key, second);
            List<String> ids = keys.stream().map((some) -> id(this.key, some)).toList();
            boolean lower = i % 2 == 0;
            List<Integer> answers = Concurrently.call(2, (client) -> endOrLower((client == 0) ? one.api() : other.api(),
                    keys.get(client), ids.get(1 - client), lower && client == 1));
            assertThat(answers).as("round %s", i).filteredOn((status) -> status < 300).hasSize(1);
            key = keys.get((answers.getFirst() < 300) ? 0 : 1);
            this.key = key;
            List<JsonNode> left = new ArrayList<>();
            one.api().get("/api/organization/keys", key).at("keys").forEach(left::add);
            assertThat(left).anySatisfy((some) -> {
                assertThat(some.get("scopes").toString()).contains("keys:write");
                assertThat(some.get("expires_at").isNull()).isTrue();
            });
        }
    }

    private static int endOrLower(Api api, String with, String id, boolean lower) {
        String path = "/api/organization/keys/" + id;
        return Api
            .patiently(() -> lower ? api.patch(path, with, "{\"scopes\":[\"events:read\"]}") : api.delete(path, with))
            .status();
    }

    private static String id(String by, String key) {
        return StreamSupport.stream(one.api().get("/api/organization/keys", by).at("keys").spliterator(), false)
            .filter((listed) -> key.startsWith(listed.get("prefix").stringValue()))
            .map((listed) -> listed.get("id").stringValue())
            .findFirst()
            .orElseThrow();
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
