package dev.triggers.attempt;

import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The timeline of an event, as the whole service makes it.
 */
@IntegrationTest
class TimelineTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    @BeforeEach
    void newCustomer() {
        this.customer = new Customer(this.api);
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void failureAndRepairAreToldInOrder() {
        this.receiver.answer(500);
        this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0]");
        String event = this.customer.event("a");
        this.customer.awaitStatus(event, "failed");
        this.receiver.answer(200);
        this.customer.post("/api/events/" + event + "/redeliver", "");
        this.customer.awaitStatus(event, "delivered");
        this.customer.acknowledge(event);
        Reply reply = this.customer.look(event);
        assertThat(whats(reply)).containsExactly("accepted", "queued", "attempt", "attempt", "dead", "redelivered",
                "attempt", "acknowledged");
        assertThat(reply.at("/timeline")).extracting((entry) -> entry.get("at").stringValue()).isSorted();
        assertThat(reply.at("/timeline/2/number").intValue()).isEqualTo(1);
        assertThat(reply.text("/timeline/2/error_code")).isEqualTo("status_5xx");
        assertThat(reply.at("/timeline/6/response_status").intValue()).isEqualTo(200);
    }

    @Test
    void nextAttemptIsToldWhileTheDeliveryIsOpen() {
        this.receiver.answer(500);
        this.customer.register(this.receiver.url(), ",\"retry_schedule\":[3600]");
        String event = this.customer.event("a");
        Customer.eventually(() -> assertThat(whats(this.customer.look(event))).containsExactly("accepted", "queued",
                "attempt", "next_attempt"));
    }

    @Test
    void eventThatWaitedIsQueuedWhenItsEndpointCame() {
        String event = this.customer.event("a");
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitStatus(event, "delivered");
        Reply reply = this.customer.look(event);
        assertThat(whats(reply)).containsExactly("accepted", "queued", "attempt");
        assertThat(reply.text("/timeline/1/at")).isGreaterThan(reply.text("/timeline/0/at"));
    }

    @Test
    void circuitIsToldToThoseWhoWaitedForIt() {
        this.receiver.answer(500);
        String endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0,0,0,0,0,0,0,0,0,0,0,0]")
            .text("id");
        String event = this.customer.event("a");
        Customer.eventually(
                () -> assertThat(this.customer.endpoint(endpoint).text("/health/circuit")).isIn("open", "half_open"));
        this.receiver.answer(200);
        this.customer.awaitStatus(event, "delivered");
        Customer
            .eventually(() -> assertThat(this.jdbc.sql("select count(*) from circuit_changes where endpoint_id = :id")
                .param("id", UUID.fromString(endpoint))
                .query(Integer.class)
                .single()).isEqualTo(2));
        assertThat(whats(this.customer.look(event))).startsWith("accepted", "queued", "attempt")
            .contains("circuit_opened")
            .endsWith("attempt");
        String later = this.customer.event("b");
        this.customer.awaitStatus(later, "delivered");
        assertThat(whats(this.customer.look(later))).containsExactly("accepted", "queued", "attempt");
    }

    @Test
    void recoveryIsARedelivery() {
        this.receiver.answer(500);
        String endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[]").text("id");
        String event = this.customer.event("a");
        this.customer.awaitStatus(event, "failed");
        this.receiver.answer(200);
        this.customer.post("/api/webhooks/" + endpoint + "/recover", "{\"since\":\"2020-01-01T00:00:00Z\"}");
        this.customer.awaitStatus(event, "delivered");
        assertThat(whats(this.customer.look(event))).containsExactly("accepted", "queued", "attempt", "dead",
                "redelivered", "attempt");
    }

    @Test
    void callingOffIsTold() {
        this.receiver.answer(500);
        String endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[3600]").text("id");
        String event = this.customer.event("a");
        Customer.eventually(() -> assertThat(whats(this.customer.look(event))).contains("attempt"));
        this.customer.delete(endpoint);
        Customer.eventually(() -> assertThat(whats(this.customer.look(event))).containsExactly("accepted", "waiting",
                "queued", "attempt", "cancelled"));
    }

    private static List<String> whats(Reply reply) {
        return reply.at("/timeline").valueStream().map((entry) -> entry.get("what").stringValue()).toList();
    }

}
