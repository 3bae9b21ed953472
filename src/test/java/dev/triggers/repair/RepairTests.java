package dev.triggers.repair;

import java.time.Clock;
import java.time.Duration;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class RepairTests {

    @Autowired
    private Api api;

    private final Clock clock = Clock.systemUTC();

    private Customer customer;

    private final Receiver receiver = new Receiver();

    private String endpoint = "";

    @BeforeEach
    void registerEndpoint() {
        this.customer = new Customer(this.api);
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.01]").text("id");
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void deliveredEventIsDeliveredAgainAndAgain() {
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "delivered");
        for (int times = 2; times <= 4; times++) {
            int attempts = times;
            Reply reply = this.customer.post("/api/events/" + id + "/redeliver", "");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.at("redelivered").intValue()).isEqualTo(1);
            assertThat(reply.text("/endpoint_ids/0")).isEqualTo(this.endpoint);
            eventually(() -> {
                assertThat(this.receiver.requests(id)).hasSize(attempts);
                JsonNode delivery = this.customer.delivery(id, this.endpoint);
                assertThat(delivery.get("status").stringValue()).isEqualTo("delivered");
                assertThat(delivery.get("attempts").intValue()).isEqualTo(attempts);
            });
        }
        assertThat(this.customer.delivery(id, this.endpoint).get("attempt_log"))
            .extracting((attempt) -> attempt.get("number").intValue())
            .containsExactly(1, 2, 3, 4);
    }

    @Test
    void failedEventGetsAFullSetOfAttemptsWhoseNumbersGoOn() {
        this.receiver.answer(500);
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        redeliver(id, 1);
        eventually(() -> assertThat(this.receiver.requests(id)).hasSize(4));
        this.customer.awaitStatus(id, "failed");
        assertThat(this.customer.delivery(id, this.endpoint).get("attempts").intValue()).isEqualTo(4);
        this.receiver.answer(200);
        redeliver(id, 1);
        Reply event = this.customer.awaitStatus(id, "delivered");
        assertThat(event.at("attempts").intValue()).isEqualTo(5);
        assertThat(this.receiver.requests(id)).hasSize(5);
        assertThat(this.customer.get("/api/inbox?status=failed").at("count").intValue()).isZero();
    }

    @Test
    void openDeliveryIsLeftAlone() {
        this.customer.patch(this.endpoint, "{\"enabled\":false}");
        String id = this.customer.event("order.paid");
        redeliver(id, 0);
        String other = this.customer.register(this.receiver.url("/other"), "").text("id");
        redeliver(id, 0);
        assertThat(this.customer.look(id).at("deliveries")).hasSize(1);
        assertThat(other).isNotEmpty();
    }

    @Test
    void onlyEndpointsThatTheEventWentToAndThatAreThereGetItAgain() {
        String deleted = this.customer.register(this.receiver.url("/deleted"), "").text("id");
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "delivered");
        this.customer.delete(deleted);
        this.customer.register(this.receiver.url("/new"), "");
        redeliver(id, 1);
        eventually(() -> assertThat(this.receiver.requests(id)).hasSize(3));
        assertThat(this.receiver.requests(id)).extracting(Receiver.Request::path)
            .containsExactlyInAnyOrder("/hook", "/deleted", "/hook");
    }

    @Test
    void acknowledgedEventStaysDeliveredWhileItIsDeliveredAgain() {
        this.receiver.answer(500);
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        this.customer.acknowledge(id);
        redeliver(id, 1);
        assertThat(this.customer.status(id)).isEqualTo("delivered");
        eventually(() -> assertThat(this.receiver.requests(id)).hasSize(4));
        assertThat(this.customer.status(id)).isEqualTo("delivered");
    }

    @Test
    void foreignAndUnknownEventsAreNotToldApart() {
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "delivered");
        Customer other = new Customer(this.api);
        assertThat(other.post("/api/events/" + id + "/redeliver", "").status()).isEqualTo(404);
        assertThat(other.post("/api/events/" + UUID.randomUUID() + "/redeliver", "").status()).isEqualTo(404);
        assertThat(other.post("/api/events/nonsense/redeliver", "").status()).isEqualTo(400);
        assertThat(this.receiver.requests(id)).hasSize(1);
    }

    @Test
    void recoveryRequeuesAllThatFailedSinceThen() {
        this.receiver.answer(500);
        List<String> before = this.customer.events("order.paid", 2);
        before.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        String since = this.customer.look(before.getLast()).text("created_at");
        eventually(() -> assertThat(this.clock.instant()).isAfter(java.time.Instant.parse(since).plusMillis(2)));
        String from = this.clock.instant().toString();
        List<String> failed = this.customer.events("order.paid", 5);
        failed.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        this.receiver.answer(200);
        Reply recovery = recover(from);
        assertThat(recovery.status()).isEqualTo(202);
        assertThat(recovery.text("endpoint_id")).isEqualTo(this.endpoint);
        this.customer.awaitDelivered(failed);
        eventually(() -> assertThat(recovery(recovery.text("id")).get("status").stringValue()).isEqualTo("finished"));
        JsonNode finished = recovery(recovery.text("id"));
        assertThat(finished.get("requeued").intValue()).isEqualTo(5);
        assertThat(finished.get("finished_at").isString()).isTrue();
        assertThat(before).allSatisfy((id) -> assertThat(this.customer.status(id)).isEqualTo("failed"));
        assertThat(failed).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(3));
    }

    @Test
    void recoveryAskedForTwiceRequeuesOnce() {
        this.receiver.answer(500);
        List<String> failed = this.customer.events("order.paid", 5);
        failed.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        this.receiver.answer(200);
        String since = this.clock.instant().minus(Duration.ofHours(1)).toString();
        for (int i = 0; i < 3; i++) {
            assertThat(recover(since).status()).isEqualTo(202);
        }
        this.customer.awaitDelivered(failed);
        eventually(() -> assertThat(this.customer.get("/api/webhooks/" + this.endpoint + "/recover").at("recoveries"))
            .allSatisfy((recovery) -> assertThat(recovery.get("status").stringValue()).isEqualTo("finished")));
        assertThat(failed).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(3));
        int requeued = 0;
        for (JsonNode recovery : this.customer.get("/api/webhooks/" + this.endpoint + "/recover").at("recoveries")) {
            requeued += recovery.get("requeued").intValue();
        }
        assertThat(requeued).isEqualTo(5);
    }

    @Test
    void recoveryIsForOneEndpointAlone() {
        try (Receiver second = new Receiver()) {
            second.answer(500);
            String other = this.customer.register(second.url(), ",\"retry_schedule\":[]").text("id");
            this.receiver.answer(500);
            String id = this.customer.event("order.paid");
            this.customer.awaitStatus(id, "failed");
            this.receiver.answer(200);
            recover("2020-01-01T00:00:00Z");
            eventually(() -> assertThat(this.customer.delivery(id, this.endpoint).get("status").stringValue())
                .isEqualTo("delivered"));
            assertThat(this.customer.delivery(id, other).get("status").stringValue()).isEqualTo("failed");
            assertThat(second.requests(id)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"since\":null}", "{\"since\":1}", "{\"since\":\"yesterday\"}",
            "{\"since\":\"2026-01-01\"}", "[]", "", "nonsense" })
    void recoveryNeedsATime(String body) {
        Reply reply = this.customer.post("/api/webhooks/" + this.endpoint + "/recover", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
            "2026-01-01T00:00:00+14:00" })
    void anyTimeIsATime(String since) {
        assertThat(recover(since).status()).isEqualTo(202);
    }

    @Test
    void recoveryOfAForeignEndpointIsNotFound() {
        Customer other = new Customer(this.api);
        String body = "{\"since\":\"2026-01-01T00:00:00Z\"}";
        assertThat(other.post("/api/webhooks/" + this.endpoint + "/recover", body).status()).isEqualTo(404);
        assertThat(other.get("/api/webhooks/" + this.endpoint + "/recover").status()).isEqualTo(404);
        assertThat(other.post("/api/webhooks/" + UUID.randomUUID() + "/recover", body).status()).isEqualTo(404);
    }

    private void redeliver(String eventId, int deliveries) {
        Reply reply = this.customer.post("/api/events/" + eventId + "/redeliver", "");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("redelivered").intValue()).isEqualTo(deliveries);
    }

    private Reply recover(String since) {
        return this.customer.post("/api/webhooks/" + this.endpoint + "/recover", "{\"since\":\"" + since + "\"}");
    }

    private JsonNode recovery(String id) {
        for (JsonNode recovery : this.customer.get("/api/webhooks/" + this.endpoint + "/recover").at("recoveries")) {
            if (recovery.get("id").stringValue().equals(id)) {
                return recovery;
            }
        }
        throw new AssertionError("No recovery " + id);
    }

}
