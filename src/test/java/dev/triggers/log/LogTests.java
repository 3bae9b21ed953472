package dev.triggers.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.triggers.event.ArrivalSignals;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code GET /api/events} over HTTP.
 */
@IntegrationTest
class LogTests {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    private Api api;

    @Autowired
    private ArrivalSignals signals;

    private String key;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
    }

    @AfterEach
    void stop() {
        this.threads.close();
    }

    private Reply read(String query) {
        Reply reply = Api.patiently(() -> this.api.get("/api/events" + query, this.key));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private static List<String> ids(Reply page) {
        List<String> ids = new ArrayList<>();
        page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
        return ids;
    }

    private List<String> post(String type, int count) {
        return IntStream.range(0, count).mapToObj((n) -> this.api.postEvent(this.key, type, "" + n)).toList();
    }

    /** All that was committed, also while somebody else's transaction is under way. */
    private List<String> all(String query) {
        List<String> ids = new ArrayList<>();
        String more = query;
        while (true) {
            Reply page = read(more);
            ids.addAll(ids(page));
            if (!page.at("has_more").booleanValue()) {
                return ids;
            }
            more = query + (query.isEmpty() ? "?" : "&") + "cursor=" + page.text("next_cursor");
        }
    }

    @Test
    void showsEveryEventOldestFirstAndGoesOnWhereItEnded() {
        List<String> ids = post("a", 3);
        await().untilAsserted(() -> assertThat(ids(read(""))).isEqualTo(ids));
        String cursor = read("").text("next_cursor");
        assertThat(ids(read("?cursor=" + cursor))).isEmpty();
        List<String> more = post("b", 2);
        await().untilAsserted(() -> assertThat(ids(read("?cursor=" + cursor))).isEqualTo(more));
        assertThat(read("?cursor=" + cursor).at("has_more").booleanValue()).isFalse();
    }

    @Test
    void itemIsTheInboxsWithThePayloadAsPosted() {
        String id = this.api.postEvent(this.key, "a", "{\"b\": 1e2, \"a\":\"\\u0000\"}");
        await().untilAsserted(() -> assertThat(ids(read(""))).containsExactly(id));
        JsonNode item = read("").at("events").get(0);
        assertThat(read("").body()).contains("\"payload\":{\"b\": 1e2, \"a\":\"\\u0000\"}");
        assertThat(item.get("status").stringValue()).isEqualTo("pending");
        assertThat(item.get("event_id").stringValue()).isEqualTo(id);
        assertThat(item.get("attempts").intValue()).isZero();
    }

    @Test
    void deliveredAndAcknowledgedEventsStay() {
        try (Receiver receiver = new Receiver()) {
            this.api.post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            String delivered = this.api.postEvent(this.key, "a", "1");
            String acknowledged = this.api.postEvent(this.key, "a", "2");
            this.api.post("/api/ack/" + acknowledged, this.key, "");
            await().untilAsserted(() -> {
                Reply page = read("");
                assertThat(ids(page)).containsExactlyInAnyOrder(delivered, acknowledged);
                page.at("events")
                    .forEach((event) -> assertThat(event.get("status").stringValue()).isEqualTo("delivered"));
            });
        }
    }

    @Test
    void pagesHoldAsManyAsAskedForAndEachEventComesOnce() {
        List<String> ids = new ArrayList<>(post("a", 2));
        Reply batch = this.api.post("/api/events/batch", this.key,
                "[" + String.join(",", Collections.nCopies(25, "{\"type\":\"b\",\"payload\":1}")) + "]");
        batch.at("results").forEach((result) -> ids.add(result.get("id").stringValue()));
        ids.addAll(post("c", 3));
        await().untilAsserted(() -> assertThat(all("?limit=100")).isEqualTo(ids));
        for (int limit : new int[] { 1, 2, 7, 30 }) {
            assertThat(all("?limit=" + limit)).as("limit %d", limit).isEqualTo(ids);
        }
        Reply first = read("?limit=7");
        assertThat(ids(first)).hasSize(7);
        assertThat(first.at("has_more").booleanValue()).isTrue();
    }

    /** The entry of a batch in the log is made at an event that was stored. */
    @ParameterizedTest
    @ValueSource(strings = { "0", "0,1", "3", "1,4,7", "9", "0,9", "0,1,2,3,4,5,6,7,8" })
    void batchWhoseEventsArePartlyDuplicatesIsReadWhole(String repeated) {
        List<String> ids = new ArrayList<>();
        for (String number : repeated.split(",")) {
            ids.add(this.api
                .post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"%s\"}".formatted(number))
                .text("id"));
        }
        Reply batch = this.api.post("/api/events/batch", this.key,
                IntStream.range(0, 10)
                    .mapToObj("{\"type\":\"b\",\"payload\":1,\"dedup_id\":\"%d\"}"::formatted)
                    .collect(Collectors.joining(",", "[", "]")));
        batch.at("results").forEach((result) -> {
            if (result.get("status").stringValue().equals("accepted")) {
                ids.add(result.get("id").stringValue());
            }
        });
        assertThat(ids).hasSize(10);
        await().untilAsserted(() -> assertThat(all("?limit=3")).isEqualTo(ids));
    }

    @Test
    void filterByTypeLetsThroughItsOwnAndTheCursorMovesOn() {
        String user = this.api.postEvent(this.key, "user.created", "1");
        String order = this.api.postEvent(this.key, "order.created", "1");
        await().untilAsserted(() -> assertThat(ids(read(""))).containsExactly(user, order));
        assertThat(ids(read("?type=user.*"))).containsExactly(user);
        assertThat(ids(read("?type=order.created"))).containsExactly(order);
        Reply nothing = read("?type=none");
        assertThat(ids(nothing)).isEmpty();
        assertThat(ids(read("?cursor=" + nothing.text("next_cursor")))).isEmpty();
    }

    @Test
    void latestBeginsWithWhatComes() {
        post("a", 2);
        await().untilAsserted(() -> assertThat(ids(read(""))).hasSize(2));
        String cursor = read("?from=latest").text("next_cursor");
        List<String> later = post("b", 1);
        await().untilAsserted(() -> assertThat(ids(read("?cursor=" + cursor))).isEqualTo(later));
    }

    @Test
    void timeBeginsEarlyEnough() {
        post("a", 2);
        List<String> later;
        Instant now = Instant.now();
        later = post("b", 2);
        await().untilAsserted(() -> assertThat(all("?from=" + now)).containsAll(later));
        assertThat(all("?from=1970-01-01T00:00:00Z")).containsAll(later);
        assertThat(read("?from=2999-01-01T00:00:00Z").text("next_cursor")).isNotEmpty();
    }

    @Test
    void summaryLeavesThePayloadsOut() {
        String id = this.api.postEvent(this.key, "a", "1");
        await().untilAsserted(() -> assertThat(ids(read("?fields=summary"))).containsExactly(id));
        assertThat(read("?fields=summary").at("events").get(0).has("payload")).isFalse();
        assertThat(read("?fields=all").at("events").get(0).has("payload")).isTrue();
    }

    @Test
    void pageEndsAtFourMebibytes() {
        String payload = "\"" + "x".repeat(262_000) + "\"";
        for (int i = 0; i < 20; i++) {
            this.api.postEvent(this.key, "large", payload);
        }
        await().untilAsserted(() -> assertThat(ids(read("?fields=summary"))).hasSize(20));
        Reply page = read("");
        assertThat(ids(page)).hasSizeBetween(10, 16);
        assertThat(page.at("has_more").booleanValue()).isTrue();
        assertThat(all("")).hasSize(20);
    }

    @Test
    void waitAnswersWhenAnEventComes() {
        String cursor = read("").text("next_cursor");
        CompletableFuture<Reply> poll = CompletableFuture.supplyAsync(() -> read("?wait=30&cursor=" + cursor),
                this.threads);
        await().until(() -> this.signals.waiting() > 0);
        String id = this.api.postEvent(this.key, "a", "1");
        assertThat(ids(poll.join())).containsExactly(id);
    }

    @Test
    void waitOfAFilterGoesOnPastWhatIsNotForIt() {
        String cursor = read("").text("next_cursor");
        CompletableFuture<Reply> poll = CompletableFuture.supplyAsync(() -> read("?type=b&wait=30&cursor=" + cursor),
                this.threads);
        await().until(() -> this.signals.waiting() > 0);
        this.api.postEvent(this.key, "a", "1");
        String id = this.api.postEvent(this.key, "b", "1");
        assertThat(ids(poll.join())).containsExactly(id);
    }

    @Test
    void waitThatIsOverAnswersWithACursorThatGoesOn() {
        Reply empty = read("?wait=1&from=latest");
        assertThat(ids(empty)).isEmpty();
        List<String> later = post("a", 1);
        await().untilAsserted(() -> assertThat(ids(read("?cursor=" + empty.text("next_cursor")))).isEqualTo(later));
    }

    @ParameterizedTest
    @CsvSource({ "cursor=abc,cursor", "cursor=%FF,cursor", "from=yesterday,from", "from=2026-01-31,from",
            "limit=many,limit", "wait=long,wait", "fields=some,fields", "type=%00,type" })
    void badValueIsRefusedByName(String query, String field) {
        Reply reply = this.api.get("/api/events?" + query, this.key);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("errors").get(0).get("field").stringValue()).isEqualTo(field);
    }

    @Test
    void cursorAndFromTogetherAreRefused() {
        String cursor = read("").text("next_cursor");
        assertThat(this.api.get("/api/events?from=latest&cursor=" + cursor, this.key).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 5, 20, 40 })
    void damagedCursorIsRefused(int at) {
        String cursor = read("").text("next_cursor");
        char other = (cursor.charAt(at) == 'A') ? 'B' : 'A';
        String damaged = cursor.substring(0, at) + other + cursor.substring(at + 1);
        assertThat(this.api.get("/api/events?cursor=" + damaged, this.key).status()).isEqualTo(400);
    }

    @Test
    void cursorOfAnotherOrganizationIsRefused() {
        String cursor = read("").text("next_cursor");
        Reply reply = this.api.get("/api/events?cursor=" + cursor, this.api.newKey());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("errors").get(0).get("field").stringValue()).isEqualTo("cursor");
    }

    @Test
    void eventsOfOthersAreNotThere() {
        this.api.postEvent(this.api.newKey(), "a", "1");
        assertThat(ids(read("?wait=1"))).isEmpty();
    }

}
