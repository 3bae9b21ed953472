package dev.triggers.delivery;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to an event or its endpoint while an attempt is under way: the final state
 * is right, whatever the attempt says afterwards.
 */
@IntegrationTest
class UnderWayTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    private final CountDownLatch answer = new CountDownLatch(1);

    private String endpoint = "";

    private String event = "";

    @BeforeEach
    void beginAttempt() {
        this.customer = new Customer(this.api);
    }

    @AfterEach
    void closeReceiver() {
        this.answer.countDown();
        this.receiver.close();
    }

    private void attempt(int status) {
        attempt(status, "0.05");
    }

    private void attempt(int status, String schedule) {
        hang(status);
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[" + schedule + "]")
            .text("id");
        this.event = this.customer.event("order.paid");
        eventually(() -> assertThat(this.receiver.requests(this.event)).hasSize(1));
    }

    private void hang(int status) {
        this.receiver.answer((request, exchange) -> {
            try {
                this.answer.await(8, TimeUnit.SECONDS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            Receiver.respond(exchange, status, "");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 500, 410 })
    void acknowledgementStands(int status) {
        attempt(status);
        this.customer.acknowledge(this.event);
        this.answer.countDown();
        settled();
        assertThat(this.customer.status(this.event)).isEqualTo("delivered");
        assertThat(this.receiver.requests(this.event)).hasSize(1);
        assertThat(rows("event_deliveries") + rows("dead_letters")).isZero();
    }

    @Test
    void successCountsAlthoughTheEndpointWasDeleted() {
        attempt(200);
        this.customer.delete(this.endpoint);
        swept();
        this.answer.countDown();
        this.customer.awaitStatus(this.event, "delivered");
        assertThat(status(this.event)).isEqualTo("delivered");
        this.customer.setDefault(this.receiver.url("/next"));
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        settled();
        assertThat(this.receiver.requests(this.event)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "500, 3600", "500, ''", "410, 3600" })
    void failureOfADeletedEndpointIsCancelledAndItsEventWaits(int status, String schedule) {
        try (Receiver operations = new Receiver()) {
            this.customer.register(operations.url(), ",\"operations\":true");
            attempt(status, schedule);
            this.customer.delete(this.endpoint);
            swept();
            this.answer.countDown();
            eventually(() -> assertThat(status(this.event)).isEqualTo("cancelled"));
            assertThat(this.customer.status(this.event)).isEqualTo("pending");
            assertThat(this.customer.delivery(this.event, this.endpoint).get("attempt_log")).hasSize(1);
            assertThat(rows("dead_letters")).isZero();
            this.receiver.answer(410);
            String gone = this.customer.setDefault(this.receiver.url("/next")).text("id");
            this.customer.awaitStatus(this.event, "failed");
            assertThat(this.customer.delivery(this.event, gone).get("attempts").intValue()).isEqualTo(1);
            assertThat(this.receiver.requests(this.event)).hasSize(2);
            eventually(() -> assertThat(operations.requests()).hasSize(2));
            assertThat(operations.requests()).extracting((request) -> request.json().at("/data/endpoint_id"))
                .extracting(JsonNode::stringValue)
                .as("nothing is told of what was cancelled")
                .containsOnly(gone);
        }
    }

    @Test
    void deletedEndpointIsNotSentWhatItsAttemptsLeftWaiting() {
        List<String> ids = moreThanItTakesAtOnce();
        this.customer.delete(this.endpoint);
        this.answer.countDown();
        eventually(() -> assertThat(ids).extracting(this::status).doesNotContain("pending"));
        assertThat(ids).extracting(this::status).contains("delivered", "cancelled");
        for (String id : ids) {
            boolean delivered = status(id).equals("delivered");
            assertThat(this.receiver.requests(id)).hasSize(delivered ? 1 : 0);
            assertThat(this.customer.status(id)).isEqualTo(delivered ? "delivered" : "pending");
        }
        this.customer.setDefault(this.receiver.url("/next"));
        this.customer.awaitDelivered(ids);
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(1));
    }

    @Test
    void disabledEndpointIsNotSentWhatItsAttemptsLeftWaiting() {
        List<String> ids = moreThanItTakesAtOnce();
        this.customer.patch(this.endpoint, "{\"enabled\":false}");
        this.answer.countDown();
        eventually(() -> assertThat(ids).allSatisfy((id) -> assertThat(status(id))
            .isEqualTo(this.receiver.requests(id).isEmpty() ? "pending" : "delivered")));
        assertThat(ids).extracting(this::status).contains("delivered", "pending");
        this.customer.patch(this.endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(1));
    }

    @Test
    void deliveryOfAnInstanceThatDiedIsCancelledWhenItsLeaseIsOver() {
        this.endpoint = this.customer.register(this.receiver.url(), ",\"enabled\":false").text("id");
        this.event = this.customer.event("order.paid");
        OffsetDateTime lease = this.jdbc.sql("""
                update event_deliveries set leased = 1, due_at = now() + interval '2 seconds' where event_id = :event
                returning due_at
                """)
            .param("event", UUID.fromString(this.event))
            .query((row, number) -> row.getObject("due_at", OffsetDateTime.class))
            .single();
        this.customer.delete(this.endpoint);
        swept();
        eventually(() -> assertThat(status(this.event)).isEqualTo("cancelled"));
        assertThat(this.jdbc.sql("select started_at from delivery_attempts where event_id = :event")
            .param("event", UUID.fromString(this.event))
            .query((row, number) -> row.getObject("started_at", OffsetDateTime.class))
            .single()).isAfterOrEqualTo(lease);
        assertThat(this.customer.status(this.event)).isEqualTo("pending");
        this.customer.setDefault(this.receiver.url("/next"));
        this.customer.awaitStatus(this.event, "delivered");
    }

    @Test
    void successCountsAlthoughTheEndpointWasDisabled() {
        attempt(200);
        this.customer.patch(this.endpoint, "{\"enabled\":false}");
        this.answer.countDown();
        this.customer.awaitStatus(this.event, "delivered");
        assertThat(this.customer.endpoint(this.endpoint).at("enabled").booleanValue()).isFalse();
    }

    @Test
    void failureOfADisabledEndpointWaitsUntilItIsEnabled() {
        attempt(500);
        this.customer.patch(this.endpoint, "{\"enabled\":false}");
        this.answer.countDown();
        eventually(() -> assertThat(this.customer.delivery(this.event, this.endpoint).get("attempts").intValue())
            .isEqualTo(1));
        settled();
        assertThat(this.customer.status(this.event)).isEqualTo("pending");
        assertThat(this.receiver.requests(this.event)).hasSize(1);
        this.receiver.answer(200);
        this.customer.patch(this.endpoint, "{\"enabled\":true}");
        this.customer.awaitStatus(this.event, "delivered");
    }

    @Test
    void goneFromTheFormerUrlDoesNotDisableTheNewOne() {
        attempt(410);
        this.customer.patch(this.endpoint, "{\"url\":\"" + this.receiver.url("/new") + "\"}");
        this.answer.countDown();
        this.customer.awaitStatus(this.event, "failed");
        this.receiver.answer(200);
        String next = this.customer.event("order.paid");
        this.customer.awaitStatus(next, "delivered");
        assertThat(this.customer.endpoint(this.endpoint).at("enabled").booleanValue()).isTrue();
    }

    @Test
    void slowAttemptIsMadeOnceWhateverHappensMeanwhile() {
        attempt(200);
        this.customer.patch(this.endpoint, "{\"description\":\"x\"}");
        this.customer.patch(this.endpoint, "{\"enabled\":true}");
        this.answer.countDown();
        this.customer.awaitStatus(this.event, "delivered");
        settled();
        assertThat(this.receiver.requests(this.event)).hasSize(1);
    }

    /** Some are under way, as many as there is room for, and the rest waits for them. */
    private List<String> moreThanItTakesAtOnce() {
        this.endpoint = this.customer.register(this.receiver);
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        hang(200);
        String events = Collections.nCopies(120, "{\"type\":\"order.paid\",\"payload\":{}}").toString();
        List<String> ids = this.customer.post("/api/events/batch", events)
            .at("results")
            .valueStream()
            .map((result) -> result.get("id").stringValue())
            .toList();
        eventually(() -> assertThat(this.receiver.requests()).hasSizeGreaterThan(1));
        return ids;
    }

    private String status(String eventId) {
        return this.customer.delivery(eventId, this.endpoint).get("status").stringValue();
    }

    /** What deleted endpoints leave has been looked at, from the first to the last. */
    private void swept() {
        Customer other = new Customer(this.api);
        for (int i = 0; i < 2; i++) {
            String endpoint = other.register(this.receiver.url(), ",\"enabled\":false").text("id");
            String id = other.event("order.paid");
            other.delete(endpoint);
            eventually(
                    () -> assertThat(other.delivery(id, endpoint).get("status").stringValue()).isEqualTo("cancelled"));
        }
    }

    /** Another event has gone its whole way: whatever was under way has been recorded. */
    private void settled() {
        Customer other = new Customer(this.api);
        try (Receiver quick = new Receiver()) {
            other.register(quick.url(), ",\"retry_schedule\":[]");
            quick.answer(500);
            other.awaitStatus(other.event("order.paid"), "failed");
            quick.answer(200);
            other.awaitStatus(other.event("order.paid"), "delivered");
        }
    }

    private long rows(String table) {
        return this.jdbc.sql("select count(*) from " + table + " where event_id = :event")
            .param("event", UUID.fromString(this.event))
            .query(Long.class)
            .single();
    }

}
