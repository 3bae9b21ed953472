package dev.triggers.delivery;

import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class CircuitTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private Customer customer;

    private final Receiver receiver = new Receiver().answer(500);

    private String endpoint = "";

    private Circuit circuit;

    private List<String> failing = List.of();

    @BeforeEach
    void openCircuit() {
        this.customer = new Customer(this.api);
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.2,0.2,0.2]").text("id");
        this.circuit = new Circuit(this.jdbc, this.endpoint);
        this.failing = this.customer.events("order.paid", 10);
        eventually(() -> assertThat(health().text("/health/circuit")).isIn("open", "half_open"));
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void deliveriesWaitWithoutUsingUpAttemptsAndAProbeClosesTheCircuit() {
        this.circuit.keepOpen(this.api);
        String waiting = this.customer.event("order.paid");
        Customer other = new Customer(this.api);
        try (Receiver quick = new Receiver()) {
            other.register(quick);
            other.awaitStatus(other.event("order.paid"), "delivered");
        }
        assertThat(this.receiver.requests(waiting)).isEmpty();
        assertThat(this.customer.delivery(waiting, this.endpoint).get("attempts").intValue()).isZero();
        this.receiver.answer(200);
        this.circuit.halfOpen();
        this.customer.awaitStatus(waiting, "delivered");
        assertThat(this.receiver.requests(waiting)).hasSize(1);
        this.customer.awaitDelivered(this.failing);
        eventually(() -> assertThat(health().text("/health/circuit")).isEqualTo("closed"));
        assertThat(health().at("/health/consecutive_failures").intValue()).isZero();
    }

    @Test
    void failedProbeOpensTheCircuitAgain() {
        this.circuit.keepOpen(this.api);
        int openings = this.circuit.openings();
        int requests = this.receiver.requests().size();
        this.circuit.halfOpen();
        eventually(() -> assertThat(this.circuit.openings()).isGreaterThan(openings));
        this.circuit.keepOpen(this.api);
        assertThat(this.receiver.requests().size() - requests).as("probes")
            .isBetween(1, this.circuit.openings() - openings + 1);
    }

    @Test
    void closedCircuitIsToldAndFreshEventsAreSentAtOnceAgain() {
        try (Receiver operations = new Receiver()) {
            this.customer.register(operations.url(), ",\"operations\":true");
            this.receiver.answer(200);
            this.circuit.halfOpen();
            eventually(() -> assertThat(operations.requests())
                .anySatisfy((request) -> assertThat(request.header("X-Event-Type")).isEqualTo("endpoint.recovered")));
            this.customer.awaitDelivered(this.failing);
            double before = this.meters.counter("triggers.delivery.handed.over").count();
            eventually(() -> {
                this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
                assertThat(this.meters.counter("triggers.delivery.handed.over").count()).isGreaterThan(before);
            });
        }
    }

    @Test
    void ownerClosesTheCircuitByEnablingTheEndpoint() {
        this.circuit.keepOpen(this.api);
        this.receiver.answer(200);
        this.customer.patch(this.endpoint, "{\"enabled\":true}");
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        double before = this.meters.counter("triggers.delivery.handed.over").count();
        eventually(() -> {
            this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
            assertThat(this.meters.counter("triggers.delivery.handed.over").count()).isGreaterThan(before);
        });
    }

    @Test
    void openCircuitsAreCounted() {
        eventually(() -> {
            assertThat(this.meters.counter("triggers.delivery.circuits.opened").count()).isPositive();
            assertThat(this.meters.get("triggers.delivery.circuits.open").gauge().value()).isPositive();
        });
    }

    private Reply health() {
        return this.customer.endpoint(this.endpoint);
    }

}
