package dev.triggers.stream;

import java.util.ArrayList;
import java.util.List;

import dev.triggers.event.ArrivalSignals;
import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import dev.triggers.support.StreamClient.Message;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The stream over HTTP.
 */
@IntegrationTest
class StreamTests {

    private static final String LINES = "application/x-ndjson";

    @Autowired
    private Api api;

    @Autowired
    private Streams streams;

    @Autowired
    private StreamMemory memory;

    @Autowired
    private MeterRegistry meters;

    private Customer customer;

    @BeforeEach
    void join() {
        this.customer = new Customer(this.api);
    }

    private StreamClient open(String query, String... headers) {
        return StreamClient.open(this.api, this.customer.key(), query, headers);
    }

    private void awaitIdle() {
        await().until(() -> this.streams.isEmpty());
        await().until(() -> this.memory.held() == 0);
    }

    @Test
    void tellsOfAnEventExactlyAsItWasPosted() {
        try (StreamClient stream = open("")) {
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
            String payload = "{\"b\" :\\t1e2,\"a\":\"\\u0000\u20AC\"}".replace("\\t", "\t");
            String body = "{\"type\":\"user.created\",\"dedup_id\":\"d1\",\"payload\":" + payload + "}";
            Reply posted = this.customer.post("/api/events", body);
            Message message = stream.await("event.accepted");
            assertThat(message.text()).endsWith(",\"payload\":" + payload + "}");
            assertThat(message.text("id")).isEqualTo(posted.text("id")).isEqualTo(message.text("event_id"));
            assertThat(message.text("type")).isEqualTo("user.created").isEqualTo(message.text("event_type"));
            assertThat(message.text("dedup_id")).isEqualTo("d1");
            assertThat(message.text("created_at")).isEqualTo(posted.text("created_at"));
            assertThat(stream.lines()).startsWith("retry: 1000");
        }
    }

    @Test
    void lineBreaksOfAPayloadStay() {
        try (StreamClient events = open(""); StreamClient lines = open("", "Accept", LINES)) {
            assertThat(lines.header("Content-Type")).isEqualTo(LINES);
            this.customer.event("a", "[1,\n\n2,\r\n3]");
            assertThat(events.await("event.accepted").text()).endsWith(",\"payload\":[1,\n\n2,\n3]}");
            assertThat(lines.await("event.accepted").text()).endsWith(",\"payload\":[1,  2, 3]}}");
        }
    }

    @Test
    void tellsOfEventsInTheOrderOfTheLogAndGoesOnBehindEach() {
        List<String> posted = new ArrayList<>();
        try (StreamClient stream = open("?kinds=event.accepted")) {
            posted.addAll(this.customer.events("a", 20));
            stream.awaitAccepted(20);
            assertThat(stream.accepted()).containsExactlyElementsOf(posted);
            List<Message> messages = stream.messages();
            try (StreamClient again = open("", "Last-Event-ID", String.valueOf(messages.get(4).cursor()));
                    StreamClient byQuery = open("?cursor=" + messages.get(9).cursor(), "Accept", LINES)) {
                again.awaitAccepted(15);
                assertThat(again.accepted()).isEqualTo(posted.subList(5, 20));
                byQuery.awaitAccepted(10);
                posted.add(this.customer.event("a"));
                again.awaitAccepted(16);
                byQuery.awaitAccepted(11);
                assertThat(again.accepted()).isEqualTo(posted.subList(5, 21));
                assertThat(byQuery.accepted()).isEqualTo(posted.subList(10, 21));
            }
        }
        assertThat(this.customer.get("/api/events?cursor=" + cursorBehind(posted.get(18))).at("/events")).hasSize(2);
    }

    /** Cursors of the log and of streams are the same. */
    private String cursorBehind(String eventId) {
        String cursor = this.customer.get("/api/events?limit=1").text("next_cursor");
        try (StreamClient stream = open("?cursor=" + cursor)) {
            return String.valueOf(stream.await((message) -> message.text("id").equals(eventId)).cursor());
        }
    }

    @Test
    void beginsWithWhatComesAndSaysWhereThatIs() {
        this.customer.events("a", 3);
        String cursor;
        try (StreamClient stream = open("")) {
            await().until(() -> !stream.lastId().equals("null"));
            cursor = stream.lastId();
        }
        List<String> missed = this.customer.events("a", 3);
        try (StreamClient stream = open("", "Last-Event-ID", cursor)) {
            stream.awaitAccepted(3);
            assertThat(stream.accepted()).isEqualTo(missed);
        }
    }

    @Test
    void leavesOutWhatIsNotAskedFor() {
        try (StreamClient summaries = open("?payloads=false");
                StreamClient users = open("?type=user.*");
                StreamClient attempts = open("?kinds=attempt.finished,delivery.dead")) {
            this.customer.event("order.paid");
            String id = this.customer.event("user.created");
            users.awaitAccepted(1);
            assertThat(users.accepted()).containsExactly(id);
            summaries.awaitAccepted(2);
            assertThat(summaries.messages()).noneMatch((message) -> message.data().has("payload"));
            assertThat(attempts.messages()).isEmpty();
        }
    }

    @Test
    void tellsOfAnAcknowledgement() {
        String id = this.customer.event("user.created");
        try (StreamClient stream = open("?kinds=event.acknowledged")) {
            Reply reply = this.customer.post("/api/ack/" + id, "");
            Message message = stream.await("event.acknowledged");
            assertThat(message.text("event_id")).isEqualTo(id).isEqualTo(message.text("id"));
            assertThat(message.text("type")).isEqualTo("user.created").isEqualTo(message.text("event_type"));
            assertThat(message.text("acknowledged_at")).isEqualTo(reply.text("acknowledged_at"));
            assertThat(message.cursor()).isNull();
        }
    }

    @Test
    void tellsOfEachAttemptUntilTheDeliveryIsDead() {
        try (Receiver receiver = new Receiver(); Receiver other = new Receiver()) {
            receiver.answer(500);
            String endpoint = this.customer.register(receiver);
            this.customer.register(other);
            try (StreamClient stream = open("?endpoint_id=" + endpoint)) {
                String id = this.customer.event("a");
                Message dead = stream.await("delivery.dead");
                List<Message> attempts = stream.messages("attempt.finished");
                assertThat(attempts).extracting((message) -> message.text("endpoint_id")).containsOnly(endpoint);
                assertThat(attempts).extracting((message) -> message.data().path("number").intValue())
                    .containsExactly(1, 2, 3, 4, 5);
                assertThat(attempts).extracting((message) -> message.text("outcome"))
                    .containsExactly("retried", "retried", "retried", "retried", "failed");
                assertThat(attempts).allSatisfy((message) -> {
                    assertThat(message.text("event_id")).isEqualTo(id);
                    assertThat(message.text("event_type")).isEqualTo("a");
                    assertThat(message.data().path("response_status").intValue()).isEqualTo(500);
                    assertThat(message.data().path("duration_ms").isNumber()).isTrue();
                    assertThat(message.text("error_code")).isNotEmpty();
                });
                assertThat(dead.text("event_id")).isEqualTo(id);
                assertThat(dead.text("endpoint_id")).isEqualTo(endpoint);
                assertThat(dead.data().path("attempts").intValue()).isEqualTo(5);
                assertThat(stream.messages("delivery.dead")).hasSize(1);
            }
        }
    }

    @Test
    void tellsOfTheEndpointsChangesAndOfItsHealth() {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(500);
            try (StreamClient stream = open("?kinds=endpoint.changed")) {
                String endpoint = this.customer.register(receiver);
                Message made = stream.await("endpoint.changed");
                assertThat(made.text("endpoint_id")).isEqualTo(endpoint);
                assertThat(made.data().path("enabled").booleanValue()).isTrue();
                assertThat(made.data().at("/health/circuit").stringValue()).isEqualTo("closed");
                this.customer.events("a", 5);
                stream.await((message) -> message.data().at("/health/circuit").stringValue().equals("open"));
                this.customer.patch(endpoint, "{\"enabled\":false}");
                stream.await((message) -> !message.data().path("enabled").booleanValue());
                this.customer.delete(endpoint);
                stream.await((message) -> message.data().path("deleted").booleanValue());
            }
            receiver.answer(410);
            String gone = this.customer.register(receiver);
            try (StreamClient stream = open("?endpoint_id=" + gone)) {
                this.customer.event("a");
                Message disabled = stream.await((message) -> message.kind().equals("endpoint.changed")
                        && !message.data().path("enabled").booleanValue());
                assertThat(disabled.text("disabled_reason")).isEqualTo("The receiver answered 410 Gone");
            }
        }
    }

    @Test
    void othersHearNothing() {
        Customer other = new Customer(this.api);
        try (StreamClient theirs = StreamClient.open(this.api, other.key(), ""); StreamClient stream = open("")) {
            String id = this.customer.event("a");
            this.customer.acknowledge(id);
            stream.await("event.acknowledged");
            stream.awaitAccepted(1);
            String theirId = other.event("a");
            theirs.awaitAccepted(1);
            assertThat(theirs.accepted()).containsExactly(theirId);
            assertThat(stream.accepted()).containsExactly(id);
            assertThat(theirs.messages("event.acknowledged")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "kinds=event.created,kinds", "'kinds=event.accepted,',kinds", "type=%00,type",
            "endpoint_id=x,endpoint_id", "payloads=no,payloads", "cursor=x,cursor", "kinds=a&kinds=b,kinds" })
    void namesTheParameterThatIsWrong(String query, String field) {
        Reply reply = this.customer.get("/api/stream?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void cursorOfAnotherOrganizationIsRefused() {
        Customer other = new Customer(this.api);
        other.event("a");
        String cursor = other.get("/api/events").text("next_cursor");
        assertThat(this.customer.get("/api/stream?cursor=" + cursor).status()).isEqualTo(400);
        Reply reply = this.api.send(this.api.request("/api/stream", this.customer.key()).header("Last-Event-ID", "x"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo("Last-Event-ID");
    }

    @Test
    void cannotBeOpenedWithoutAKey() {
        assertThat(this.api.get("/api/stream", null).status()).isEqualTo(401);
        assertThat(this.api.get("/api/stream", "zap_live_" + "0".repeat(64)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "*/*", "text/event-stream, application/x-ndjson;q=0.5", "nonsense" })
    void serverSentEventsAreWhatThereIsWhereNothingElseIsAskedFor(String accept) {
        try (StreamClient stream = open("", "Accept", accept)) {
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
        }
    }

    @Test
    void headIsNoStream() {
        Reply reply = this.api.send(this.api.request("/api/stream", this.customer.key()).HEAD());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
    }

    @Test
    void anOrganizationHasSixteenAndGetsTheirPlacesBack() {
        List<StreamClient> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(open("?kinds=event.acknowledged"));
        }
        Reply refused = this.customer.get("/api/stream");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("code")).isEqualTo("too_many_streams");
        assertThat(refused.header("Retry-After")).isNotNull();
        try (StreamClient other = StreamClient.open(this.api, new Customer(this.api).key(), "")) {
            assertThat(other.isOpen()).isTrue();
        }
        all.forEach(StreamClient::close);
        // That a client is gone shows when something is written to it, as is done now
        await().until(() -> {
            try (StreamClient again = open("")) {
                return again.isOpen();
            }
            catch (AssertionError ex) {
                return false;
            }
        });
    }

    @Test
    void streamsAndLongPollsTakeNoMoreThanHalfOfTheConnections(
            @Value("${server.tomcat.max-connections}") int connections) {
        assertThat(Streams.MOST + ArrivalSignals.MOST_WAITERS).isLessThanOrEqualTo(connections / 2);
    }

    @Test
    void holdsNoPlaceAmongTheRequestsUnderWayAndNoMemory() {
        try (StreamClient stream = open("")) {
            this.customer.event("a");
            stream.awaitAccepted(1);
            await().until(() -> this.meters.get("http.server.places").gauge().value() == 0);
            await().until(() -> this.memory.held() == 0);
            assertThat(this.meters.get("triggers.stream.open").gauge().value()).isPositive();
        }
        awaitIdle();
    }

}
