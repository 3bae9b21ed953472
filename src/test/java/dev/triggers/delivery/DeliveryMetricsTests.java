package dev.triggers.delivery;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class DeliveryMetricsTests {

    @Autowired
    private Api api;

    @Autowired
    private MeterRegistry meters;

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
    void deliveredAttemptIsCountedWithItsLatency() {
        this.customer.register(this.receiver);
        double delivered = attempts("delivered");
        long latencies = latencies("first");
        long durations = this.meters.get("triggers.delivery.attempt.duration").timer().count();
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        eventually(() -> {
            assertThat(attempts("delivered")).isGreaterThanOrEqualTo(delivered + 1);
            assertThat(latencies("first")).isGreaterThan(latencies);
            assertThat(this.meters.get("triggers.delivery.attempt.duration").timer().count()).isGreaterThan(durations);
        });
    }

    @Test
    void latencyOfALaterAttemptIsCountedApart() {
        AtomicInteger status = new AtomicInteger(500);
        this.receiver.answer((request, exchange) -> Receiver.respond(exchange, status.getAndSet(200), ""));
        this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.01]");
        long latencies = latencies("later");
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        eventually(() -> assertThat(latencies("later")).isGreaterThan(latencies));
    }

    private long latencies(String attempt) {
        return this.meters.get("triggers.delivery.latency").tag("attempt", attempt).timer().count();
    }

    @Test
    void failedAttemptsAreCountedByTheirCodeAndDeadLettersBeside() {
        // A code that is no other test's: what one of those left may be counted late.
        this.customer.register(this.receiver.answer(301).url(), ",\"retry_schedule\":[0.01,0.01]");
        double failed = attempts("status_3xx");
        double dead = this.meters.counter("triggers.delivery.dead.letters").count();
        this.customer.awaitStatus(this.customer.event("order.paid"), "failed");
        eventually(() -> {
            assertThat(attempts("status_3xx")).isEqualTo(failed + 3);
            assertThat(this.meters.counter("triggers.delivery.dead.letters").count()).isGreaterThanOrEqualTo(dead + 1);
        });
    }

    @Test
    void lostOutcomeIsCounted() {
        this.receiver.answer((request, exchange) -> {
            this.customer.acknowledge(request.header("webhook-id"));
            Receiver.respond(exchange, 200, "");
        });
        this.customer.register(this.receiver);
        double lost = this.meters.counter("triggers.delivery.outcomes.lost").count();
        this.customer.event("order.paid");
        eventually(() -> assertThat(this.meters.counter("triggers.delivery.outcomes.lost").count())
            .isGreaterThanOrEqualTo(lost + 1));
    }

    @Test
    void disabledEndpointIsCounted() {
        this.customer.register(this.receiver.answer(410));
        double disabled = this.meters.counter("triggers.delivery.endpoints.disabled").count();
        this.customer.event("order.paid");
        eventually(() -> assertThat(this.meters.counter("triggers.delivery.endpoints.disabled").count())
            .isGreaterThanOrEqualTo(disabled + 1));
    }

    @Test
    void timeUnderARateLimitIsCounted() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"rate_limit_per_second\":4,\"enabled\":false")
            .text("id");
        List<String> ids = this.customer.events("order.paid", 4);
        double throttled = this.meters.counter("triggers.delivery.throttled.seconds").count();
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        eventually(() -> assertThat(this.meters.counter("triggers.delivery.throttled.seconds").count())
            .isGreaterThan(throttled + 0.3));
    }

    @Test
    void attemptsUnderWayAreMeasured() {
        List<Double> attempts = new CopyOnWriteArrayList<>();
        List<Double> bytes = new CopyOnWriteArrayList<>();
        this.receiver.answer((request, exchange) -> {
            attempts.add(gauge("triggers.delivery.in.flight"));
            bytes.add(gauge("triggers.delivery.in.flight.bytes"));
            Receiver.respond(exchange, 200, "");
        });
        this.customer.register(this.receiver);
        this.customer.awaitStatus(this.customer.event("order.paid", "\"" + "x".repeat(998) + "\""), "delivered");
        assertThat(attempts).singleElement().satisfies((count) -> assertThat(count).isGreaterThanOrEqualTo(1));
        assertThat(bytes).singleElement().satisfies((size) -> assertThat(size).isGreaterThanOrEqualTo(1_000));
        eventually(() -> assertThat(gauge("triggers.delivery.in.flight")).isZero());
        eventually(() -> assertThat(gauge("triggers.delivery.in.flight.bytes")).isZero());
    }

    @Test
    void oldestDueDeliveryIsMeasured() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"rate_limit_per_second\":1,\"enabled\":false")
            .text("id");
        List<String> ids = this.customer.events("order.paid", 3);
        this.jdbc.sql("update event_deliveries set due_at = now() - interval '1 hour' where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .update();
        this.customer.patch(endpoint, "{\"enabled\":true}");
        eventually(() -> assertThat(gauge("triggers.delivery.oldest.due.seconds")).isBetween(3_600.0, 3_700.0));
        this.customer.awaitDelivered(ids);
        eventually(() -> assertThat(gauge("triggers.delivery.oldest.due.seconds")).isLessThan(3_600));
    }

    private double gauge(String name) {
        return this.meters.get(name).gauge().value();
    }

    @Test
    void metersAreExposedWithoutNamingOrganizationsOrUrls() {
        this.customer.register(this.receiver);
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        String text = this.api.get("/metrics", null).body();
        assertThat(text).contains("triggers_delivery_attempts_total{outcome=\"delivered\"}",
                "triggers_delivery_in_flight ", "triggers_delivery_oldest_due_seconds ",
                "triggers_delivery_circuits_open ", "triggers_delivery_throttled_seconds_total",
                "triggers_delivery_latency_seconds_bucket");
        assertThat(text).doesNotContain(this.receiver.url())
            .doesNotContain(this.customer.get("/api/keys").text("organization_id"));
    }

    private double attempts(String outcome) {
        return this.meters.get("triggers.delivery.attempts").tag("outcome", outcome).counter().count();
    }

}
