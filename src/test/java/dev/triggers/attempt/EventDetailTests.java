package dev.triggers.attempt;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /api/events/{event_id}} over HTTP.
 */
@IntegrationTest
class EventDetailTests {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Rows rows;

    private String key;

    private UUID organization;

    @BeforeEach
    void join() {
        this.rows = new Rows(this.jdbc);
        this.key = this.api.newKey();
        this.organization = UUID.fromString(this.api.get("/api/keys", this.key).text("organization_id"));
    }

    private Reply show(Object id) {
        return this.api.get("/api/events/" + id, this.key);
    }

    private void tried(UUID event, UUID endpoint, int number, char outcome) {
        this.rows.attempt(this.organization, event, endpoint, number, outcome, NOON.plusSeconds(number));
    }

    @Test
    void waitingEventHasTheMembersOfTheInboxAndNoDeliveries() {
        String id = this.api.postEvent(this.key, "a", "{\"n\": 1.50}");
        Reply reply = show(id);
        assertThat(reply.status()).isEqualTo(200);
        String item = this.api.get("/api/inbox", this.key).at("/events/0").toString();
        assertThat(reply.json().toString())
            .startsWith(item.substring(0, item.length() - 1) + ",\"deliveries\":[],\"timeline\":[");
        assertThat(reply.at("/timeline")).extracting((entry) -> entry.get("what").stringValue())
            .containsExactly("accepted", "waiting");
        assertThat(reply.body()).contains("\"payload\":{\"n\": 1.50},");
    }

    @Test
    void deliveryTellsItsAttempts() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID endpoint = this.rows.endpoint(this.organization, "https://example.com/hook");
        tried(event, endpoint, 1, 'r');
        tried(event, endpoint, 2, 'r');
        this.rows.delivery(this.organization, event, endpoint, Instant.parse("2100-01-01T00:00:00Z"), 2);
        JsonNode delivery = show(event).at("/deliveries/0");
        UUID id = UUID.fromString(delivery.get("id").stringValue());
        assertThat(id.version()).isEqualTo(7);
        assertThat(delivery.toString()).isEqualTo("""
                {"id":"%s","endpoint_id":"%s","url":"https://example.com/hook","status":"pending","attempts":2,\
                "next_attempt_at":"2100-01-01T00:00:00Z","last_error":"HTTP 500","error_code":"http_status",\
                "attempt_log":[\
                {"number":1,"started_at":"2026-06-01T12:00:01Z","duration_ms":7,"response_status":500,\
                "error_code":"http_status","error":"HTTP 500","response_body":"no"},\
                {"number":2,"started_at":"2026-06-01T12:00:02Z","duration_ms":7,"response_status":500,\
                "error_code":"http_status","error":"HTTP 500","response_body":"no"}]}""".formatted(id, endpoint));
        assertThat(show(event).text("/deliveries/0/id")).as("stays").isEqualTo(id.toString());
    }

    @Test
    void eachDeliveryHasAStatusOfItsOwn() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID delivered = Rows.newId();
        tried(event, delivered, 1, 'r');
        tried(event, delivered, 2, 'd');
        UUID failed = Rows.newId();
        tried(event, failed, 1, 'f');
        this.rows.deadLetter(this.organization, event, failed, 1);
        UUID cancelled = Rows.newId();
        tried(event, cancelled, 1, 'r');
        tried(event, cancelled, 2, 'c');
        UUID expired = Rows.newId();
        tried(event, expired, 1, 'x');
        // Delivered once, redelivered by hand
        UUID again = Rows.newId();
        tried(event, again, 1, 'd');
        this.rows.delivery(this.organization, event, again, Instant.parse("2100-01-01T00:00:00Z"), 1);
        UUID parked = Rows.newId();
        this.rows.parked(this.organization, event, parked);
        Reply reply = show(event);
        assertThat(reply.text("status")).isEqualTo("pending");
        assertThat(reply.at("/deliveries").size()).isEqualTo(6);
        assertDelivery(reply, delivered, "delivered", 2, 2);
        assertDelivery(reply, failed, "failed", 1, 1);
        assertDelivery(reply, cancelled, "cancelled", 1, 1);
        assertDelivery(reply, expired, "expired", 0, 0);
        assertDelivery(reply, again, "pending", 1, 1);
        assertDelivery(reply, parked, "pending", 0, 0);
    }

    private static void assertDelivery(Reply reply, UUID endpoint, String status, int attempts, int logged) {
        for (JsonNode delivery : reply.at("/deliveries")) {
            if (delivery.get("endpoint_id").stringValue().equals(endpoint.toString())) {
                assertThat(delivery.get("status").stringValue()).isEqualTo(status);
                assertThat(delivery.get("attempts").intValue()).isEqualTo(attempts);
                assertThat(delivery.get("attempt_log").size()).isEqualTo(logged);
                return;
            }
        }
        throw new AssertionError("No delivery to " + endpoint + " in " + reply);
    }

    @Test
    void acknowledgedWhileRetryingShowsTheDeliveryCalledOff() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID endpoint = Rows.newId();
        tried(event, endpoint, 1, 'r');
        this.rows.delivery(this.organization, event, endpoint, Instant.parse("2100-01-01T00:00:00Z"), 1);
        this.api.post("/api/ack/" + event, this.key, "");
        Reply reply = show(event);
        assertThat(reply.text("status")).isEqualTo("delivered");
        assertDelivery(reply, endpoint, "cancelled", 1, 1);
    }

    @Test
    void strangeResponseBytesDoNoHarm() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID endpoint = Rows.newId();
        tried(event, endpoint, 1, 'd');
        this.jdbc.sql("update delivery_attempts set response_body = '\\x00ff41' where event_id = :event")
            .param("event", event)
            .update();
        assertThat(show(event).text("/deliveries/0/attempt_log/0/response_body")).isEqualTo("\u0000\uFFFDA");
    }

    @Test
    void logIsBounded() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID endpoint = Rows.newId();
        for (int i = 1; i <= EventDetailRepository.MOST_ATTEMPTS + 5; i++) {
            tried(event, endpoint, i, 'r');
        }
        Reply reply = show(event);
        assertThat(reply.at("/deliveries/0/attempts").intValue()).isEqualTo(EventDetailRepository.MOST_ATTEMPTS + 5);
        assertThat(reply.at("/deliveries/0/attempt_log").size()).isEqualTo(EventDetailRepository.MOST_ATTEMPTS);
        assertThat(reply.at("/deliveries/0/attempt_log/0/number").intValue()).isEqualTo(6);
    }

    @Test
    void unknownAndForeignEventsAreNotFound() {
        assertThat(show(this.api.postEvent(this.api.newKey(), "a", "1")).status()).isEqualTo(404);
        assertThat(show(Rows.newId()).status()).isEqualTo(404);
        assertThat(show(UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(this.api.get("/api/events/" + Rows.newId(), null).status()).isEqualTo(401);
    }

}
