package dev.triggers.event;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Posting many events at once.
 */
@IntegrationTest
class EventBatchTests {

    private static final String EVENT = "{\"type\":\"a\",\"payload\":1}";

    @Autowired
    private Api api;

    private String key;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
    }

    private Reply post(String body) {
        return this.api.post("/api/events/batch", this.key, body);
    }

    private Reply postLines(String contentType, byte[] body) {
        return this.api.send(this.api.request("/api/events/batch", this.key)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
    }

    private int stored() {
        return this.api.get("/api/inbox?limit=1000", this.key).at("count").intValue();
    }

    private static String events(int count) {
        return "[" + String.join(",", Collections.nCopies(count, EVENT)) + "]";
    }

    private static List<String> statuses(Reply reply) {
        return reply.json().get("results").findValuesAsString("status");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[%s,%s]", "{\"events\":[%s,%s]}", "{\"source\":[{}],\"events\" : [ %s , %s ],\"x\":0}",
            " \n[\t%s\r\n,%s] " })
    void objectAndBareArrayAreTaken(String form) {
        Reply reply = post(form.formatted("{\"type\":\"first\",\"payload\":[1, 2]}",
                "{\"event_type\":\"second\",\"data\":\"x\"}"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("accepted").intValue()).isEqualTo(2);
        assertThat(reply.at("duplicates").intValue()).isZero();
        assertThat(reply.at("rejected").intValue()).isZero();
        assertThat(reply.at("/results/0/index").intValue()).isZero();
        assertThat(reply.at("/results/1/index").intValue()).isEqualTo(1);
        assertThat(statuses(reply)).containsExactly("accepted", "accepted");
        Reply first = this.api.get("/api/events/" + reply.text("/results/0/id"), this.key);
        assertThat(first.text("type")).isEqualTo("first");
        assertThat(first.body()).contains("\"payload\":[1, 2],");
        Reply second = this.api.get("/api/events/" + reply.text("/results/1/id"), this.key);
        assertThat(second.text("type")).isEqualTo("second");
        assertThat(second.text("payload")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/x-ndjson", "application/ndjson", "application/x-ndjson; charset=utf-8" })
    void newlineDelimitedJsonIsTaken(String contentType) {
        byte[] body = ("\n" + EVENT + "\r\n  \n{\"type\":\"a\",\"payload\":{\"broken\":\n" + EVENT + " " + EVENT + "\n"
                + "{\"type\":\"last\",\"payload\":\"\u20AC\"}")
            .getBytes(StandardCharsets.UTF_8);
        Reply reply = postLines(contentType, body);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly("accepted", "rejected", "rejected", "accepted");
        assertThat(this.api.get("/api/events/" + reply.text("/results/3/id"), this.key).text("payload"))
            .isEqualTo("\u20AC");
    }

    @Test
    void lineThatIsNotUtf8IsRejectedAlone() {
        byte[] body = (EVENT + "\n{\"type\":\"\u00FF\",\"payload\":1}\n" + EVENT).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(statuses(postLines("application/x-ndjson", body))).containsExactly("accepted", "rejected",
                "accepted");
    }

    @Test
    void badEventsDoNotRefuseTheOthers() {
        List<String> events = List.of(EVENT, "{\"type\":\"a\"}", "{\"type\":1,\"payload\":1}", "null", "7", "[]",
                "\"text\"", "{}", "{\"type\":\"a\",\"payload\":" + "[".repeat(550) + "]".repeat(550) + "}",
                "{\"type\":\"a\",\"payload\":\"" + "x".repeat(262_143) + "\"}",
                "{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"2999-01-01T00:00:00Z\"}",
                "{\"type\":\"a\\u0000\",\"payload\":1}", EVENT);
        Reply reply = post("{\"events\":[" + String.join(",", events) + "]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("accepted").intValue()).isEqualTo(2);
        assertThat(reply.at("rejected").intValue()).isEqualTo(events.size() - 2);
        assertThat(statuses(reply)).startsWith("accepted").endsWith("accepted");
        for (int i = 1; i < events.size() - 1; i++) {
            assertThat(reply.text("/results/" + i + "/error")).isNotBlank();
            assertThat(reply.at("/results/" + i + "/id").isMissingNode()).isTrue();
        }
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void batchOfBadEventsIsAnsweredLikeAnyOther() {
        Reply reply = post("[{},{}]");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("rejected").intValue()).isEqualTo(2);
    }

    @Test
    void duplicateWithinTheBatchNamesTheFirst() {
        String known = this.api.post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"known\"}")
            .text("id");
        String event = "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"%s\"}";
        Reply reply = post("[" + event.formatted("new") + "," + event.formatted("known") + "," + event.formatted("new")
                + "," + event.formatted("NEW") + "]");
        assertThat(statuses(reply)).containsExactly("accepted", "duplicate", "duplicate", "accepted");
        assertThat(reply.at("duplicates").intValue()).isEqualTo(2);
        assertThat(reply.text("/results/1/id")).isEqualTo(known);
        assertThat(reply.text("/results/2/id")).isEqualTo(reply.text("/results/0/id"));
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void thousandEventsPassAndOneMoreDoesNot() {
        Reply reply = post(events(1_000));
        assertThat(reply.at("accepted").intValue()).isEqualTo(1_000);
        assertThat(new HashSet<>(reply.json().get("results").findValuesAsString("id"))).hasSize(1_000);
        assertThat(stored()).isEqualTo(1_000);
        assertThat(post(events(1_001)).status()).isEqualTo(413);
        assertThat(stored()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                    | 400
            []                                    | 400
            {}                                    | 400
            {"events":[]}                         | 400
            {"events":null}                       | 400
            {"events":{}}                         | 400
            {"events":[],"events":[]}             | 400
            7                                     | 400
            "events"                              | 400
            null                                  | 400
            [{"type":"a","payload":1}             | 400
            [{"type":"a","payload":1}][]          | 400
            [{"type":"a","payload":1},]           | 400
            [{"type":"a","payload":1} {}]         | 400
            {"type":"a","payload":1}              | 400
            """)
    void whatIsNoBatchIsRefusedWhole(String body, int status) {
        assertThat(post(body).status()).isEqualTo(status);
        assertThat(stored()).isZero();
    }

    @Test
    void bodyOver8MebibytesIsTooLarge() {
        String events = "[{\"type\":\"a\",\"payload\":1}" + " ".repeat(8 * 1024 * 1024) + "]";
        assertThat(post(events).status()).isEqualTo(413);
        byte[] largest = ("[{\"type\":\"a\",\"payload\":1}" + " ".repeat(8 * 1024 * 1024 - 26) + "]")
            .getBytes(StandardCharsets.UTF_8);
        assertThat(largest).hasSize(8 * 1024 * 1024);
        assertThat(this.api.post("/api/events/batch", this.key, largest).status()).isEqualTo(200);
    }

    @Test
    void largePayloadsOfOneBatchAreAllStored() {
        String payload = "\"" + "x".repeat(260_000) + "\"";
        String event = "{\"type\":\"a\",\"payload\":" + payload + "}";
        Reply reply = post("[" + String.join(",", Collections.nCopies(32, event)) + "]");
        assertThat(reply.at("accepted").intValue()).as(reply.toString()).isEqualTo(32);
    }

    @Test
    void batchOverTheTiersMinuteNamesTheLimit() {
        String free = this.api.newKey("Small", "free");
        Reply reply = this.api.post("/api/events/batch", free, events(101));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).contains("100");
    }

    @Test
    void batchIsChargedWholeOrNotAtAll() {
        String free = this.api.newKey("Small", "free");
        Reply taken = this.api.post("/api/events/batch", free, events(60));
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("X-RateLimit-Remaining")).isEqualTo("40");
        Reply refused = this.api.post("/api/events/batch", free, events(100));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isPositive();
        assertThat(refused.at("limit").intValue()).isEqualTo(100);
        assertThat(refused.at("window").intValue()).isEqualTo(60);
        assertThat(refused.at("retry_after").intValue()).isPositive();
        assertThat(this.api.get("/api/inbox?limit=1000", free).at("count").intValue()).isEqualTo(60);
        assertThat(this.api.post("/api/events/batch", free, events(40)).status()).isEqualTo(200);
    }

}
