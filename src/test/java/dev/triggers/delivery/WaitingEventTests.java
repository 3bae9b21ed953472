package dev.triggers.delivery;

import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event never vanishes: without an endpoint it waits for one.
 */
@IntegrationTest
class WaitingEventTests {

    @Autowired
    private Api api;

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
    void eventsWaitForADefaultWebhook() {
        List<String> waiting = this.customer.events("order.paid", 5);
        assertThat(waiting).allSatisfy((id) -> assertThat(this.customer.status(id)).isEqualTo("pending"));
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitDelivered(waiting);
        assertThat(this.receiver.requests()).hasSize(5);
    }

    @Test
    void furtherEndpointsTakeOnlyWhatIsAcceptedAfterThem() {
        String before = this.customer.event("order.paid");
        this.customer.register(this.receiver);
        String after = this.customer.event("order.paid");
        this.customer.awaitStatus(after, "delivered");
        assertThat(this.customer.status(before)).isEqualTo("pending");
        assertThat(this.receiver.requests(before)).isEmpty();
    }

    @Test
    void filteredDefaultWebhookAdoptsOnlyWhatItTakes() {
        String endpoint = this.customer.setDefault(this.receiver.url()).text("id");
        this.customer.patch(endpoint, "{\"event_types\":[\"order.*\"]}");
        String other = this.customer.event("user.created");
        this.customer.setDefault(this.receiver.url());
        String order = this.customer.event("order.paid");
        this.customer.awaitStatus(order, "delivered");
        this.customer.patch(endpoint, "{\"enabled\":true}");
        String last = this.customer.event("order.paid");
        this.customer.awaitStatus(last, "delivered");
        assertThat(this.customer.status(other)).isEqualTo("pending");
        assertThat(this.receiver.requests(other)).isEmpty();
        this.customer.patch(endpoint, "{\"event_types\":[]}");
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitStatus(other, "delivered");
    }

    @Test
    void removalOfTheDefaultWebhookCancelsAndLetsEventsWaitForTheNext() {
        String endpoint = this.customer.setDefault(this.receiver.answer(500).url()).text("id");
        this.customer.patch(endpoint, "{\"retry_schedule\":[3600]}");
        String id = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.delivery(id, endpoint).get("attempts").intValue()).isEqualTo(1));
        this.customer.removeDefault();
        eventually(() -> assertThat(this.customer.delivery(id, endpoint).get("status").stringValue())
            .isEqualTo("cancelled"));
        assertThat(this.customer.status(id)).isEqualTo("pending");
        String next = this.customer.setDefault(this.receiver.url("/next")).text("id");
        this.customer.awaitStatus(id, "failed");
        JsonNode delivery = this.customer.delivery(id, next);
        assertThat(delivery.get("attempts").intValue()).as("a full set of attempts").isEqualTo(5);
        assertThat(this.customer.delivery(id, endpoint).get("attempt_log")).hasSize(1);
    }

    @Test
    void deletedEndpointCancelsWhatOthersStillDeliver() {
        this.receiver
            .answer((request, exchange) -> Receiver.respond(exchange, request.path().equals("/bad") ? 500 : 200, ""));
        String bad = this.customer.register(this.receiver.url("/bad"), ",\"retry_schedule\":[3600]").text("id");
        String good = this.customer.register(this.receiver);
        String id = this.customer.event("order.paid");
        eventually(() -> {
            assertThat(this.customer.delivery(id, bad).get("attempts").intValue()).isEqualTo(1);
            assertThat(this.customer.delivery(id, good).get("status").stringValue()).isEqualTo("delivered");
        });
        assertThat(this.customer.status(id)).isEqualTo("pending");
        this.customer.delete(bad);
        this.customer.awaitStatus(id, "delivered");
        assertThat(this.customer.delivery(id, bad).get("status").stringValue()).isEqualTo("cancelled");
        this.customer.setDefault(this.receiver.url("/default"));
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        assertThat(this.receiver.requests(id)).extracting(Receiver.Request::path).doesNotContain("/default");
    }

    @Test
    void eventOfTwoDeletedEndpointsWaitsAgain() {
        String one = this.customer.register(this.receiver.url("/1"), ",\"enabled\":false").text("id");
        String two = this.customer.register(this.receiver.url("/2"), ",\"enabled\":false").text("id");
        List<String> ids = this.customer.events("order.paid", 3);
        this.customer.delete(one);
        this.customer.delete(two);
        eventually(() -> assertThat(ids).allSatisfy((id) -> {
            assertThat(this.customer.delivery(id, one).get("status").stringValue()).isEqualTo("cancelled");
            assertThat(this.customer.delivery(id, two).get("status").stringValue()).isEqualTo("cancelled");
            assertThat(this.customer.status(id)).isEqualTo("pending");
        }));
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitDelivered(ids);
    }

    @Test
    void acknowledgedEventWaitsForNobody() {
        String id = this.customer.event("order.paid");
        this.customer.acknowledge(id);
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        assertThat(this.customer.status(id)).isEqualTo("delivered");
        assertThat(this.receiver.requests(id)).isEmpty();
    }

    @Test
    void disabledEndpointCollectsWhatWaitsForIt() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"enabled\":false").text("id");
        List<String> ids = this.customer.events("order.paid", 3);
        assertThat(ids).allSatisfy((id) -> assertThat(this.customer.delivery(id, endpoint).get("status").stringValue())
            .isEqualTo("pending"));
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        this.customer.patch(endpoint, "{\"enabled\":false}");
        String later = this.customer.event("order.paid");
        String other = this.customer.register(this.receiver.url("/other"), "").text("id");
        String last = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.delivery(last, other).get("status").stringValue())
            .isEqualTo("delivered"));
        assertThat(this.customer.status(last)).isEqualTo("pending");
        assertThat(this.receiver.requests(later)).isEmpty();
    }

    @Test
    void anotherUrlCountsForTheNextAttempt() {
        this.receiver
            .answer((request, exchange) -> Receiver.respond(exchange, request.path().equals("/old") ? 500 : 200, ""));
        String endpoint = this.customer.register(this.receiver.url("/old"), ",\"retry_schedule\":[0.3,0.3,0.3,0.3,0.3]")
            .text("id");
        String id = this.customer.event("order.paid");
        eventually(() -> assertThat(this.receiver.requests(id)).isNotEmpty());
        this.customer.patch(endpoint, "{\"url\":\"" + this.receiver.url("/new") + "\"}");
        this.customer.awaitStatus(id, "delivered");
        assertThat(this.receiver.requests(id).getLast().path()).isEqualTo("/new");
    }

    @Test
    void eventGoesToEachEndpointThatTakesItWithAnOutcomeOfItsOwn() {
        this.receiver
            .answer((request, exchange) -> Receiver.respond(exchange, request.path().equals("/bad") ? 500 : 200, ""));
        String orders = this.customer.register(this.receiver.url("/orders"), ",\"event_types\":[\"order.*\"]")
            .text("id");
        String exact = this.customer.register(this.receiver.url("/exact"), ",\"event_types\":[\"order.paid\"]")
            .text("id");
        String bad = this.customer.register(this.receiver.url("/bad"), ",\"event_types\":[\"*\"],\"retry_schedule\":[]")
            .text("id");
        this.customer.register(this.receiver.url("/users"), ",\"event_types\":[\"user.*\", \"order_paid\"]");
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        assertThat(this.customer.look(id).at("deliveries")).hasSize(3);
        assertThat(this.customer.delivery(id, orders).get("status").stringValue()).isEqualTo("delivered");
        assertThat(this.customer.delivery(id, exact).get("status").stringValue()).isEqualTo("delivered");
        assertThat(this.customer.delivery(id, bad).get("status").stringValue()).isEqualTo("failed");
        assertThat(this.receiver.requests(id)).extracting(Receiver.Request::path)
            .containsExactlyInAnyOrder("/orders", "/exact", "/bad");
    }

}
