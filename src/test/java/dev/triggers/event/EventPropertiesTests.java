package dev.triggers.event;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.JsonDocuments;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What holds for every event, whatever is in it.
 */
class EventPropertiesTests {

    private static final JsonMapper json = new JsonMapper();

    private static Instance instance;

    private static Receiver receiver;

    private static String key;

    @BeforeContainer
    static void start() {
        instance = Instance.start(PostgresServer.newDatabase(), Map.of());
        receiver = new Receiver();
        key = api().newKey();
        assertThat(api().post("/api/webhook/config", key, "{\"url\":\"" + receiver.url() + "\"}").status())
            .isEqualTo(200);
    }

    @AfterContainer
    static void stop() {
        instance.close();
        receiver.close();
    }

    private static Api api() {
        return instance.api();
    }

    /** An event around a payload, with members in any order and others between them. */
    private static String event(Random random, String type, String payload) {
        List<String> members = new ArrayList<>(
                List.of((random.nextBoolean() ? "\"type\"" : "\"event_type\"") + ":" + type,
                        (random.nextBoolean() ? "\"payload\"" : "\"data\"") + spaced(random, ":") + payload));
        if (random.nextBoolean()) {
            members.add("\"other\":" + JsonDocuments.document(random, 5));
        }
        if (random.nextBoolean()) {
            members.add("\"dedup_id\":null");
        }
        Collections.shuffle(members, random);
        return spaced(random, "{") + String.join(spaced(random, ","), members) + spaced(random, "}");
    }

    private static String spaced(Random random, String text) {
        return JsonDocuments.whiteSpace(random) + text + JsonDocuments.whiteSpace(random);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.randomValue((random) -> JsonDocuments.document(random, 1 + random.nextInt(40)));
    }

    @Provide
    Arbitrary<Random> randoms() {
        return Arbitraries.randomValue((random) -> new Random(random.nextLong()));
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void payloadComesBackFromEverywhereExactlyAsPosted(@ForAll("documents") String payload,
            @ForAll("randoms") Random random) {
        Reply accepted = api().post("/api/events", key, event(random, "\"a\"", payload));
        assertThat(accepted.status()).as("%s for %s", accepted, payload).isEqualTo(201);
        assertComesBack(accepted.text("id"), payload);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void payloadsOfABatchComeBackExactlyAsPosted(@ForAll("randoms") Random random) {
        List<String> payloads = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            payloads.add(JsonDocuments.document(random, 1 + random.nextInt(20)));
            events.add(event(random, "\"a\"", payloads.getLast()).replaceAll("[\r\n]", " "));
            payloads.set(i, payloads.get(i).replaceAll("[\r\n]", " "));
        }
        Reply accepted = random.nextBoolean()
                ? api().post("/api/events/batch", key, "[" + String.join(spaced(random, ","), events) + "]")
                : api().send(api().request("/api/events/batch", key)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(String.join("\n", events))));
        assertThat(accepted.at("/accepted").intValue()).as("%s", accepted).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertComesBack(accepted.text("/results/" + i + "/id"), payloads.get(i));
        }
    }

    private static void assertComesBack(String id, String payload) {
        assertThat(api().get("/api/events/" + id, key).body()).contains("\"payload\":" + payload + ",\"dedup_id\"");
        assertThat(api().get("/api/inbox?status=all&limit=30", key).body())
            .contains("\"event_type\":\"a\",\"payload\":" + payload + ",\"dedup_id\"");
        await().atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> !receiver.requests(id).isEmpty());
        assertThat(receiver.requests(id).getFirst().body()).endsWith(",\"data\":" + payload + "}");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> characters = Arbitraries.oneOf(Arbitraries.chars().range('a', 'z'),
                Arbitraries.chars().range('\u0000', '\u00A0'), Arbitraries.chars().range('\uD7F0', '\uE010'),
                Arbitraries.chars().all());
        return Arbitraries.oneOf(characters.list().ofMaxSize(12), characters.list().ofMinSize(250).ofMaxSize(260))
            .map((list) -> list.stream().map(String::valueOf).reduce("", String::concat));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void typeAndDedupIdAreTakenExactlyWhereTheyAreCleanAndShortEnough(@ForAll("texts") String type,
            @ForAll("texts") String dedupId) {
        String body = "{\"type\":" + quoted(type) + ",\"payload\":1,\"dedup_id\":" + quoted(dedupId) + "}";
        Reply reply = api().post("/api/events", key, body);
        Map<String, Boolean> clean = new HashMap<>();
        clean.put("type", isClean(type));
        clean.put("dedup_id", isClean(dedupId));
        if (clean.containsValue(false)) {
            assertThat(reply.status()).as("%s for %s", reply, body).isEqualTo(400);
            clean.values().remove(true);
            assertThat(reply.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrderElementsOf(clean.keySet());
        }
        else {
            assertThat(reply.status()).as("%s for %s", reply, body).isIn(201, 409);
            if (reply.status() == 201) {
                assertThat(reply.text("type")).isEqualTo(type);
                Reply stored = api().get("/api/events/" + reply.text("id"), key);
                assertThat(stored.text("type")).isEqualTo(type);
                assertThat(stored.text("dedup_id")).isEqualTo(dedupId);
            }
        }
    }

    private static boolean isClean(String text) {
        long characters = text.codePoints().count();
        return characters >= 1 && characters <= 255
                && text.codePoints()
                    .noneMatch((character) -> Character.isISOControl(character)
                            || Character.getType(character) == Character.SURROGATE);
    }

    /**
     * As JSON, and every other character escaped, so that surrogates stay what they are.
     */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach((c) -> {
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)) {
                quoted.append("\\u%04x".formatted(c));
            }
            else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void damagedDocumentIsRefusedOrStillJson(@ForAll("documents") String payload, @ForAll("randoms") Random random) {
        byte[] body = event(random, "\"damaged\"", payload).getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            body[random.nextInt(body.length)] = (byte) (random.nextBoolean() ? random.nextInt(256)
                    : "{}[]\",:\\0-".charAt(random.nextInt(10)));
        }
        Reply reply = api().post("/api/events", key, body);
        assertThat(reply.status()).as("%s for %s", reply, new String(body, StandardCharsets.UTF_8)).isIn(201, 400);
        if (reply.status() == 201) {
            String stored = api().get("/api/events/" + reply.text("id"), key).body();
            assertThat(json.readTree(stored).has("payload")).isTrue();
        }
    }

}
