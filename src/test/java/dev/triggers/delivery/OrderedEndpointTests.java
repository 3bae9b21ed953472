package dev.triggers.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class OrderedEndpointTests {

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
    void deliveriesArriveOneByOneInTheOrderOfAcceptance() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        this.receiver.answer((request, exchange) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            underWay.decrementAndGet();
            Receiver.respond(exchange, 200, "");
        });
        String endpoint = this.customer.register(this.receiver.url(), ",\"ordered\":true,\"enabled\":false").text("id");
        List<String> ids = this.customer.events("order.paid", 20);
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(arrived()).containsExactlyElementsOf(ids);
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void failingOneBlocksItsSuccessorsUntilItSucceeds() {
        AtomicInteger failures = new AtomicInteger();
        this.receiver.answer((request, exchange) -> Receiver.respond(exchange,
                request.json().get("data").intValue() == 1 && failures.incrementAndGet() < 3 ? 500 : 200, ""));
        String endpoint = this.customer.register(this.receiver.url(), ",\"ordered\":true,\"enabled\":false").text("id");
        List<String> ids = this.customer.events("order.paid", 4);
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(arrived()).containsExactly(ids.get(0), ids.get(1), ids.get(1), ids.get(1), ids.get(2), ids.get(3));
    }

    @Test
    void failingOneBlocksItsSuccessorsUntilItEndsAsADeadLetter() {
        this.receiver.answer((request, exchange) -> Receiver.respond(exchange,
                request.json().get("data").intValue() == 0 ? 500 : 200, ""));
        String endpoint = this.customer
            .register(this.receiver.url(), ",\"ordered\":true,\"enabled\":false,\"retry_schedule\":[0.2,0.2]")
            .text("id");
        List<String> ids = this.customer.events("order.paid", 3);
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitStatus(ids.getFirst(), "failed");
        this.customer.awaitDelivered(ids.subList(1, 3));
        assertThat(arrived()).containsExactly(ids.get(0), ids.get(0), ids.get(0), ids.get(1), ids.get(2));
        // Redelivered, it takes its turn like any other.
        this.receiver.answer(200);
        assertThat(this.customer.post("/api/events/" + ids.getFirst() + "/redeliver", "").status()).isEqualTo(202);
        this.customer.awaitStatus(ids.getFirst(), "delivered");
    }

    @Test
    void acknowledgedOneLetsItsSuccessorGo() {
        String endpoint = this.customer
            .register(this.receiver.answer(500).url(), ",\"ordered\":true,\"retry_schedule\":[3600]")
            .text("id");
        String first = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.delivery(first, endpoint).get("attempts").intValue()).isEqualTo(1));
        this.receiver.answer(200);
        String second = this.customer.event("order.paid");
        assertThat(this.customer.delivery(second, endpoint).get("attempts").intValue()).isZero();
        this.customer.acknowledge(first);
        this.customer.awaitStatus(second, "delivered");
    }

    @Test
    void scheduledOneTakesItsPlaceWhenItIsDue() {
        AtomicInteger failures = new AtomicInteger();
        this.receiver
            .answer((request, exchange) -> Receiver.respond(exchange, failures.incrementAndGet() == 1 ? 500 : 200, ""));
        String endpoint = this.customer.register(this.receiver.url(), ",\"ordered\":true,\"retry_schedule\":[3600]")
            .text("id");
        String blocking = this.customer.event("order.paid");
        eventually(
                () -> assertThat(this.customer.delivery(blocking, endpoint).get("attempts").intValue()).isEqualTo(1));
        Instant due = this.clock.instant().plusMillis(500);
        String scheduled = this.customer.scheduled("order.paid", due);
        String later = this.customer.scheduled("order.paid", this.clock.instant().plusSeconds(1_000));
        String behind = this.customer.event("order.paid");
        eventually(() -> assertThat(this.clock.instant()).isAfter(due));
        this.jdbc.sql("update event_deliveries set due_at = now() where event_id = :id")
            .param("id", UUID.fromString(blocking))
            .update();
        this.customer.awaitDelivered(List.of(blocking, scheduled, behind));
        assertThat(arrived()).containsExactly(blocking, blocking, scheduled, behind);
        assertThat(this.customer.status(later)).isEqualTo("pending");
    }

    @Test
    void whatIsParkedIsSentWhenOrderNoLongerMatters() {
        String endpoint = this.customer
            .register(this.receiver.answer(500).url(), ",\"ordered\":true,\"retry_schedule\":[3600]")
            .text("id");
        List<String> ids = this.customer.events("order.paid", 3);
        eventually(() -> assertThat(this.customer.delivery(ids.getFirst(), endpoint).get("attempts").intValue())
            .isEqualTo(1));
        this.receiver.answer(200);
        this.customer.patch(endpoint, "{\"ordered\":false}");
        this.customer.awaitDelivered(ids.subList(1, 3));
        assertThat(this.customer.status(ids.getFirst())).isEqualTo("pending");
    }

    @Test
    void endpointThatBecomesOrderedGoesOnInOrder() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"enabled\":false").text("id");
        List<String> ids = this.customer.events("order.paid", 10);
        this.customer.patch(endpoint, "{\"ordered\":true}");
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(arrived()).containsExactlyElementsOf(ids);
    }

    private List<String> arrived() {
        return this.receiver.requests().stream().map((request) -> request.header("webhook-id")).toList();
    }

}
