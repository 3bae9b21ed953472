package dev.triggers.delivery;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.delivery.Customer.eventually;
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
        this.receiver.answer((request, exchange) -> {
            try {
                this.answer.await(1500, TimeUnit.MILLISECONDS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            Receiver.respond(exchange, status, "");
        });
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.05]").text("id");
        this.event = this.customer.event("order.paid");
        eventually(() -> assertThat(this.receiver.requests(this.event)).hasSize(1));
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

    @ParameterizedTest
    @ValueSource(ints = { 200, 500 })
    void deletedEndpointLeavesTheEventWaiting(int status) {
        attempt(status);
        this.customer.delete(this.endpoint);
        eventually(() -> assertThat(this.customer.delivery(this.event, this.endpoint).get("status").stringValue())
            .isEqualTo("cancelled"));
        this.answer.countDown();
        settled();
        assertThat(this.customer.status(this.event)).isEqualTo("pending");
        assertThat(this.receiver.requests(this.event)).hasSize(1);
        this.receiver.answer(200);
        this.customer.setDefault(this.receiver.url("/next"));
        this.customer.awaitStatus(this.event, "delivered");
        assertThat(this.receiver.requests(this.event)).hasSize(2);
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
