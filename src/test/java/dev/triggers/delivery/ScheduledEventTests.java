package dev.triggers.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class ScheduledEventTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private final Clock clock = Clock.systemUTC();

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
    void eventIsListedAtOnce() {
        String endpoint = this.customer.register(this.receiver);
        Instant due = this.clock.instant().plus(Duration.ofHours(1));
        String id = this.customer.scheduled("order.paid", due);
        assertThat(this.customer.get("/api/inbox").text("/events/0/id")).isEqualTo(id);
        JsonNode delivery = this.customer.delivery(id, endpoint);
        assertThat(delivery.get("status").stringValue()).isEqualTo("pending");
        assertThat(Duration.between(due, Instant.parse(delivery.get("next_attempt_at").stringValue())).abs())
            .isLessThan(Duration.ofMillis(1));
    }

    @Test
    void eventIsDeliveredWhenItIsDue() {
        String endpoint = this.customer.register(this.receiver);
        Instant due = this.clock.instant().plusMillis(1500);
        String id = this.customer.scheduled("order.paid", due);
        this.customer.awaitStatus(id, "delivered");
        JsonNode attempt = this.customer.delivery(id, endpoint).get("attempt_log").get(0);
        assertThat(Instant.parse(attempt.get("started_at").stringValue())).isAfterOrEqualTo(due.minusMillis(5));
        assertThat(this.receiver.requests(id)).hasSize(1);
    }

    @Test
    void timeThatIsPastMeansNow() {
        this.customer.register(this.receiver);
        this.customer.awaitStatus(this.customer.scheduled("order.paid", "2020-01-01T00:00:00Z"), "delivered");
    }

    @Test
    void acknowledgementBeforeItIsDueCancelsIt() {
        this.customer.register(this.receiver);
        String id = this.customer.scheduled("order.paid", this.clock.instant().plus(Duration.ofHours(1)));
        this.customer.acknowledge(id);
        assertThat(this.customer.status(id)).isEqualTo("delivered");
        assertThat(this.jdbc.sql("select count(*) from event_deliveries where event_id = :id")
            .param("id", UUID.fromString(id))
            .query(Long.class)
            .single()).isZero();
    }

    @Test
    void webhookThatIsSetMeanwhileTakesItWhenItIsDue() {
        Instant due = this.clock.instant().plusMillis(1500);
        String scheduled = this.customer.scheduled("order.paid", due);
        String later = this.customer.scheduled("order.paid", due.plus(Duration.ofDays(29)));
        String plain = this.customer.event("order.paid");
        String endpoint = this.customer.setDefault(this.receiver.url()).text("id");
        this.customer.awaitStatus(plain, "delivered");
        this.customer.awaitStatus(scheduled, "delivered");
        JsonNode attempt = this.customer.delivery(scheduled, endpoint).get("attempt_log").get(0);
        assertThat(Instant.parse(attempt.get("started_at").stringValue())).isAfterOrEqualTo(due.minusMillis(5));
        assertThat(this.customer.delivery(later, endpoint).get("next_attempt_at").stringValue())
            .startsWith(due.plus(Duration.ofDays(29)).toString().substring(0, 19));
    }

    @Test
    void webhookThatIsSetTooLateTakesItAtOnce() {
        Instant due = this.clock.instant().plusMillis(200);
        String id = this.customer.scheduled("order.paid", due);
        eventually(() -> assertThat(this.clock.instant()).isAfter(due));
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitStatus(id, "delivered");
    }

    @Test
    void deletedEndpointLeavesItScheduled() {
        String endpoint = this.customer.register(this.receiver.url("/deleted"), "").text("id");
        Instant due = this.clock.instant().plus(Duration.ofHours(1));
        String id = this.customer.scheduled("order.paid", due);
        this.customer.delete(endpoint);
        eventually(() -> assertThat(this.customer.delivery(id, endpoint).get("status").stringValue())
            .isEqualTo("cancelled"));
        String next = this.customer.setDefault(this.receiver.url("/next")).text("id");
        eventually(() -> assertThat(this.customer.delivery(id, next).get("next_attempt_at").stringValue())
            .startsWith(due.toString().substring(0, 19)));
        assertThat(this.receiver.requests()).isEmpty();
    }

    @Test
    void thirtyDaysAheadAreTheMost() {
        Reply reply = this.customer.post("/api/events", "{\"type\":\"order.paid\",\"payload\":1,\"deliver_at\":\""
                + this.clock.instant().plus(Duration.ofDays(30)).plusSeconds(60) + "\"}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("/errors/0/field")).isEqualTo("deliver_at");
    }

}
