package dev.triggers.delivery;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver.Request;
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
class OperationalEventTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    private final Receiver operations = new Receiver();

    private Reply operational;

    @BeforeEach
    void registerOperationalEndpoint() {
        this.customer = new Customer(this.api);
        this.operational = this.customer.register(this.operations.url(), ",\"operations\":true");
    }

    @AfterEach
    void closeReceivers() {
        this.receiver.close();
        this.operations.close();
    }

    @Test
    void exhaustedDeliveryIsTold() throws Exception {
        String endpoint = this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[0.01]")
            .text("id");
        String id = this.customer.event("order.paid");
        Request told = told("delivery.exhausted");
        JsonNode data = told.json().get("data");
        assertThat(data.get("event_id").stringValue()).isEqualTo(id);
        assertThat(data.get("event_type").stringValue()).isEqualTo("order.paid");
        assertThat(data.get("endpoint_id").stringValue()).isEqualTo(endpoint);
        assertThat(data.get("attempts").intValue()).isEqualTo(2);
        assertThat(data.get("error_code").stringValue()).isEqualTo("status_5xx");
        assertThat(data.get("last_error").stringValue()).startsWith("HTTP 500");
        new com.standardwebhooks.Webhook(this.operational.text("secret")).verify(told.body(),
                HttpHeaders.of(Map.copyOf(told.headers()), (name, value) -> true));
    }

    @Test
    void disabledEndpointIsTold() {
        String endpoint = this.customer.register(this.receiver.answer(410));
        this.customer.event("order.paid");
        JsonNode data = told("endpoint.disabled").json().get("data");
        assertThat(data.get("endpoint_id").stringValue()).isEqualTo(endpoint);
        assertThat(data.get("url").stringValue()).isEqualTo(this.receiver.url());
        assertThat(data.get("reason").stringValue()).contains("410");
    }

    @Test
    void endpointThatFailsForDaysIsDisabledAndTold() {
        String endpoint = this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[3600]")
            .text("id");
        String id = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.endpoint(endpoint).at("/health/failing_since").isString()).isTrue());
        this.jdbc.sql("update endpoint_health set failing_since = now() - interval '119 h' where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .update();
        String second = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.endpoint(endpoint).at("/health/consecutive_failures").intValue())
            .isEqualTo(2));
        assertThat(this.customer.endpoint(endpoint).at("enabled").booleanValue()).isTrue();
        this.jdbc.sql("update endpoint_health set failing_since = now() - interval '121 h' where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .update();
        String third = this.customer.event("order.paid");
        assertThat(told("endpoint.disabled").json().at("/data/reason").stringValue()).contains("120 hours");
        assertThat(this.customer.endpoint(endpoint).text("disabled_reason")).contains("120 hours");
        // Enabled again, it goes on with what waits, and with a clean record.
        this.receiver.answer(200);
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.jdbc.sql("update event_deliveries set due_at = now() where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .update();
        this.customer.awaitDelivered(List.of(id, second, third));
        eventually(() -> assertThat(this.customer.endpoint(endpoint).at("/health/failing_since").isNull()).isTrue());
    }

    @Test
    void operationalEndpointsTakeNothingElseAndOthersTakeNothingOperational() {
        this.customer.register(this.receiver.url(), "");
        String bad = this.customer.register(this.receiver.url("/bad"), ",\"retry_schedule\":[]").text("id");
        this.receiver
            .answer((request, exchange) -> Receiver.respond(exchange, request.path().equals("/bad") ? 500 : 200, ""));
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        told("delivery.exhausted");
        assertThat(this.operations.requests(id)).isEmpty();
        assertThat(this.receiver.requests()).extracting((request) -> request.header("X-Event-Type"))
            .containsOnly("order.paid");
        assertThat(bad).isNotEmpty();
    }

    @Test
    void filtersCountForOperationalEventsToo() {
        try (Receiver filtered = new Receiver()) {
            this.customer.register(filtered.url(), ",\"operations\":true,\"event_types\":[\"endpoint.*\"]");
            this.customer.register(this.receiver.answer(410).url(), "");
            this.customer.event("order.paid");
            told("endpoint.disabled");
            told("delivery.exhausted");
            eventually(() -> assertThat(filtered.requests()).extracting((request) -> request.header("X-Event-Type"))
                .containsExactly("endpoint.disabled"));
        }
    }

    @Test
    void troubleOfOperationalEndpointsIsNotTold() {
        this.operations.answer(410);
        try (Receiver second = new Receiver()) {
            this.customer.register(second.url(), ",\"operations\":true");
            this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[]");
            this.customer.event("order.paid");
            eventually(
                    () -> assertThat(this.customer.endpoint(this.operational.text("id")).at("enabled").booleanValue())
                        .isFalse());
            this.customer.event("order.paid");
            eventually(() -> assertThat(second.requests()).hasSize(2));
            assertThat(second.requests()).extracting((request) -> request.header("X-Event-Type"))
                .containsOnly("delivery.exhausted");
            assertThat(second.requests()).extracting((request) -> request.json().at("/data/event_type").stringValue())
                .containsOnly("order.paid");
        }
    }

    @Test
    void operationalEventOfADeletedEndpointDoesNotWaitForTheDefaultWebhook() {
        this.customer.patch(this.operational.text("id"), "{\"enabled\":false}");
        this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[]");
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        eventually(() -> assertThat(this.customer.get("/api/inbox?type=delivery.exhausted").at("count").intValue())
            .isEqualTo(1));
        this.customer.delete(this.operational.text("id"));
        eventually(() -> assertThat(this.customer.get("/api/inbox?type=delivery.exhausted").at("count").intValue())
            .isZero());
        this.receiver.answer(200);
        this.customer.setDefault(this.receiver.url());
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        assertThat(this.receiver.requests()).extracting((request) -> request.header("X-Event-Type"))
            .containsOnly("order.paid");
    }

    private Request told(String type) {
        eventually(() -> assertThat(told(this.operations, type)).isNotEmpty());
        return told(this.operations, type).getFirst();
    }

    private static List<Request> told(Receiver receiver, String type) {
        return receiver.requests().stream().filter((request) -> request.header("X-Event-Type").equals(type)).toList();
    }

}
