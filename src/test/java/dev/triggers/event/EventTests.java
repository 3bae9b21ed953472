package dev.triggers.event;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Posting one event.
 */
@IntegrationTest
class EventTests {

    private static final int LARGEST = 262_144;

    @Autowired
    private Api api;

    private String key;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
    }

    private Reply post(String body) {
        return this.api.post("/api/events", this.key, body);
    }

    private Reply inbox() {
        return this.api.get("/api/inbox?status=all", this.key);
    }

    @Test
    void acceptedEventIsStoredUnderTheAnsweredId() {
        Reply reply = post("{\"type\":\"user.created\",\"payload\":{\"user\": 1},\"dedup_id\":\"once\"}");
        assertThat(reply.status()).isEqualTo(201);
        String id = reply.text("id");
        assertThat(reply.text("event_id")).isEqualTo(id);
        assertThat(reply.text("type")).isEqualTo("user.created");
        assertThat(reply.text("status")).isEqualTo("accepted");
        assertThat(reply.text("delivery_status")).isEqualTo("pending");
        assertThat(reply.text("message")).isNotBlank();
        assertThat(reply.text("organization_id"))
            .isEqualTo(this.api.get("/api/keys", this.key).text("organization_id"));
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(Instant.parse(reply.text("created_at"))).isEqualTo(UuidV7.instant(UUID.fromString(id)));
        Reply stored = this.api.get("/api/events/" + id, this.key);
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.text("dedup_id")).isEqualTo("once");
        assertThat(stored.text("created_at")).isEqualTo(reply.text("created_at"));
        assertThat(stored.body()).contains("\"payload\":{\"user\": 1}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"type\":\"a\",\"payload\":1}", "{\"event_type\":\"a\",\"data\":1}",
            "{\"data\":1,\"type\":\"a\"}", "{\"type\":\"a\",\"event_type\":\"a\",\"payload\":1}",
            "{\"type\":\"a\",\"event_type\":null,\"payload\":1,\"data\":null}",
            "{\"type\":\"a\",\"payload\":1,\"dedup_id\":null,\"deliver_at\":null}",
            "{\"type\":\"a\",\"payload\":1,\"unknown\":{\"type\":[2]},\"Type\":3}",
            " \r\n\t{ \"payload\" : 1 , \"type\" : \"\\u0061\" } \n" })
    void aliasesAndUnknownMembersAreTaken(String body) {
        Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("type")).isEqualTo("a");
        assertThat(inbox().at("/events/0/payload").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1.50e+3", "true", "false", "\"\"", "\"text\"", "[]", "{}", "[null]" })
    void anyValueButNullIsAPayload(String payload) {
        String id = this.api.postEvent(this.key, "a", payload);
        assertThat(this.api.get("/api/events/" + id, this.key).body()).contains("\"payload\":" + payload + ",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"payload":1}                                        | type
            {"type":null,"payload":1}                            | type
            {"type":"","payload":1}                              | type
            {"type":42,"payload":1}                              | type
            {"type":true,"payload":1}                            | type
            {"type":["a"],"payload":1}                           | type
            {"type":{"a":1},"payload":1}                         | type
            {"type":"a\\nb","payload":1}                         | type
            {"type":"a\\u0000","payload":1}                      | type
            {"type":"a\\u007f","payload":1}                      | type
            {"type":"a\\u0085","payload":1}                      | type
            {"type":"a\\ud800","payload":1}                      | type
            {"type":"\\udc00\\ud800","payload":1}                | type
            {"type":"a","type":"b","payload":1}                  | type
            {"type":"a","event_type":"b","payload":1}            | event_type
            {"event_type":7,"payload":1}                         | event_type
            {"type":"a"}                                         | payload
            {"type":"a","payload":null}                          | payload
            {"type":"a","payload":1,"data":1}                    | data
            {"type":"a","payload":1,"payload":1}                 | payload
            {"type":"a","payload":1,"dedup_id":""}               | dedup_id
            {"type":"a","payload":1,"dedup_id":9}                | dedup_id
            {"type":"a","payload":1,"dedup_id":[]}               | dedup_id
            {"type":"a","payload":1,"dedup_id":"\\u0000"}        | dedup_id
            {"type":"a","payload":1,"dedup_id":"\\udfff"}        | dedup_id
            {"type":"a","payload":1,"deliver_at":"tomorrow"}     | deliver_at
            {"type":"a","payload":1,"deliver_at":1767225600}     | deliver_at
            {"type":"a","payload":1,"deliver_at":"2026-02-30T00:00:00Z"} | deliver_at
            {"type":"a","payload":1,"deliver_at":"2026-01-01T00:00:00"} | deliver_at
            """)
    void wrongMemberIsNamed(String body, String field) {
        Reply reply = post(body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("validation_error");
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
        assertThat(inbox().at("count").intValue()).isZero();
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        Reply reply = post("{\"type\":1,\"dedup_id\":2}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("errors").findValuesAsString("field")).containsExactly("type", "dedup_id",
                "payload");
    }

    @Test
    void lengthsAreCountedInCodePoints() {
        String longest = "\uD83D\uDE80".repeat(255);
        String body = "{\"type\":\"%1$s\",\"payload\":1,\"dedup_id\":\"%1$s\"}";
        Reply reply = post(body.formatted(longest));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("type")).isEqualTo(longest);
        assertThat(post(body.formatted(longest + "x")).json().get("errors").findValuesAsString("field"))
            .containsExactly("type", "dedup_id");
    }

    @Test
    void payloadOfTheLargestSizePassesAndOneByteMoreIsTooLarge() {
        String largest = "\"" + "x".repeat(LARGEST - 2) + "\"";
        String id = this.api.postEvent(this.key, "a", largest);
        assertThat(this.api.get("/api/events/" + id, this.key).text("payload")).hasSize(LARGEST - 2);
        Reply reply = post("{\"payload\":\"x" + largest.substring(1) + ",\"type\":\"a\"}");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text("code")).isEqualTo("payload_too_large");
    }

    @Test
    void payloadIsMeasuredInBytesAsPosted() {
        String inside = "[" + " ".repeat(LARGEST - 2) + "]";
        assertThat(post("{\"type\":\"a\",\"payload\":  " + inside + "  }").status()).isEqualTo(201);
        assertThat(post("{\"type\":\"a\",\"payload\":" + inside.replace("[", "[ ") + "}").status()).isEqualTo(413);
        String wide = "\"" + "\u20AC".repeat((LARGEST - 2) / 3) + "\"";
        assertThat(wide.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LARGEST);
        assertThat(post("{\"type\":\"a\",\"payload\":" + wide + "}").status()).isEqualTo(201);
        assertThat(post("{\"type\":\"a\",\"payload\":" + wide.replaceFirst("\u20AC", "\u20AC\u20AC") + "}").status())
            .isEqualTo(413);
        assertThat(post("{\"type\":\"a\",\"payload\":" + "7".repeat(LARGEST) + "}").status()).isEqualTo(201);
        assertThat(post("{\"type\":\"a\",\"payload\":{\"" + "n".repeat(LARGEST - 6) + "\":1}}").status())
            .isEqualTo(201);
    }

    @Test
    void nestingOf500LevelsPassesAndOneMoreDoesNot() {
        String id = this.api.postEvent(this.key, "a", "[".repeat(500) + "]".repeat(500));
        assertThat(this.api.get("/api/events/" + id, this.key).body()).contains("[".repeat(500));
        Reply reply = post("{\"type\":\"a\",\"payload\":" + "[".repeat(501) + "]".repeat(501) + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).isEqualTo("The body is nested deeper than 500 levels");
        assertThat(post("{\"type\":\"a\",\"payload\":" + "{\"a\":".repeat(501) + "1" + "}".repeat(501) + "}").status())
            .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "NaN", "+1", "-Infinity", "// why\n1", "\"\t\"", "{'a':1}", "01", "[1,]", "nul" })
    void clientsAreToldWhatIsWrongNotHowToSetUpOurParser(String payload) {
        Reply reply = post("{\"type\":\"a\",\"payload\":" + payload + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).startsWith("The body is not valid JSON: ")
            .doesNotContainIgnoringCase("feature")
            .doesNotContain("enable", "parser");
    }

    @Test
    void bodyWithoutContentTypeIsJson() {
        Reply reply = this.api.send(this.api.request("/api/events", this.key)
            .POST(BodyPublishers.ofString("{\"type\":\"a\",\"payload\":1}")));
        assertThat(reply.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({ "text/plain,415", "application/x-www-form-urlencoded,415", "application/xml,415",
            "application/x-ndjson,415", "application/json;charset=iso-8859-1,415",
            "application/json;charset=utf-16,415", "application/json; charset=UTF-8,201",
            "application/vnd.acme+json,201", "APPLICATION/JSON,201" })
    void contentTypeMustBeJson(String contentType, int status) {
        Reply reply = this.api.send(this.api.request("/api/events", this.key)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString("{\"type\":\"a\",\"payload\":1}")));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @Test
    void keyIsAskedForBeforeTheBodyIsLookedAt() {
        assertThat(this.api.post("/api/events", null, "{").status()).isEqualTo(401);
        assertThat(this.api.post("/api/events/batch", "zap_live_" + "0".repeat(64), "{").status()).isEqualTo(401);
    }

    @Test
    void deliveryWaitsUntilItsTime() {
        try (Receiver receiver = new Receiver()) {
            this.api.post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            Instant at = Instant.now().plusMillis(700);
            String id = post("{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"" + at + "\"}").text("id");
            String later = post("{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"" + at.plusSeconds(3600) + "\"}")
                .text("id");
            String past = post("{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"2020-02-29t12:00:00+13:45\"}")
                .text("id");
            await().until(() -> receiver.requests(past).size() == 1);
            await().until(() -> receiver.requests(id).size() == 1);
            assertThat(Instant.now()).isAfter(at);
            assertThat(this.api.get("/api/events/" + later, this.key).text("status")).isEqualTo("pending");
        }
    }

    @Test
    void scheduledEventFindsAWebhookThatIsSetBeforeItsTime() {
        try (Receiver receiver = new Receiver()) {
            Instant at = Instant.now().plusMillis(1500);
            String id = post("{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"" + at + "\"}").text("id");
            this.api.post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            await().until(() -> receiver.requests(id).size() == 1);
            assertThat(Instant.now()).isAfter(at);
        }
    }

    @Test
    void deliveryMayBeThirtyDaysAheadAndNoMore() {
        Instant latest = Instant.now().plus(Duration.ofDays(30));
        String body = "{\"type\":\"a\",\"payload\":1,\"deliver_at\":\"%s\"}";
        assertThat(post(body.formatted(latest.minusSeconds(1))).status()).isEqualTo(201);
        Reply reply = post(body.formatted(latest.plusSeconds(60)));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).contains("deliver_at");
        assertThat(post(body.formatted("+999999999-12-31T23:59:59Z")).status()).isEqualTo(422);
        assertThat(post(body.formatted("-999999999-01-01T00:00:00+18:00")).status()).isLessThan(500);
    }

    @Test
    void eventsAreChargedBeforeTheyAreValidated() {
        String free = this.api.newKey("Small", "free");
        Reply first = this.api.post("/api/events", free, "{}");
        assertThat(first.status()).isEqualTo(400);
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("99");
        Reply batch = this.api.post("/api/events/batch", free, "[" + "{},".repeat(79) + "{}]");
        assertThat(batch.at("rejected").intValue()).isEqualTo(80);
        Reply last = this.api.post("/api/events", free, "{\"type\":\"a\",\"payload\":1}");
        assertThat(last.status()).isEqualTo(201);
        // A token comes back every 0.6 seconds.
        assertThat(Integer.parseInt(String.valueOf(last.header("X-RateLimit-Remaining")))).isBetween(18, 60);
    }

    @Test
    void anotherOrganizationSeesNothing() {
        String id = this.api.postEvent(this.key, "a", "1");
        assertThat(this.api.get("/api/events/" + id, this.api.newKey()).status()).isEqualTo(404);
    }

}
