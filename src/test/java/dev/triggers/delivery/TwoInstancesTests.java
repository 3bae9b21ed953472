package dev.triggers.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances on one database agree on what is sent, when, and by whom.
 */
@IntegrationTest
@TestInstance(Lifecycle.PER_CLASS)
class TwoInstancesTests {

    @Autowired
    private Api first;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EndpointStates states;

    @Autowired
    private Environment environment;

    private Instance second;

    private Receiver receiver;

    private Customer customer;

    @BeforeAll
    void startSecond() {
        this.second = Instance.start(this.environment);
    }

    @AfterAll
    void stopSecond() {
        this.second.close();
    }

    @BeforeEach
    void newCustomer() {
        this.receiver = new Receiver();
        this.customer = new Customer(this.first);
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void eachEventIsSentOnceWhicheverInstanceTookIt() {
        this.customer.register(this.receiver);
        Customer elsewhere = this.customer.at(this.second.api());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(((i % 2 == 0) ? this.customer : elsewhere).event("order.paid"));
        }
        this.customer.awaitDelivered(ids);
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(1));
    }

    /** What was missed meanwhile is asked for; what is known is not thrown away. */
    @Test
    void endpointsAreLeftAloneByAnInstanceThatMissedMessages() {
        this.receiver.answer((request, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            Receiver.respond(exchange, 503, "later");
        });
        UUID held = UUID.fromString(this.customer.register(this.receiver));
        UUID recovered = UUID.fromString(this.customer.register(this.receiver));
        this.customer.event("order.paid");
        eventually(() -> assertThat(List.of(held, recovered)).allMatch(this.states::isQuiet));
        this.jdbc.sql("update endpoint_health set held_until = '-infinity' where endpoint_id = :id")
            .param("id", recovered)
            .update();
        this.jdbc.sql("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query like 'select pg_backend_pid()%'
                """).query((row) -> {
        });
        eventually(() -> assertThat(this.states.isQuiet(recovered)).isFalse());
        assertThat(this.states.isQuiet(held)).isTrue();
    }

    @Test
    void orderedEndpointGetsOneDeliveryAtATimeByIdentifier() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        this.receiver.answer((request, exchange) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            boolean bad = tries.merge(request.header("webhook-id"), 1, Integer::sum) == 1
                    && request.json().get("data").intValue() % 5 == 0;
            underWay.decrementAndGet();
            Receiver.respond(exchange, bad ? 500 : 200, "");
        });
        this.customer.register(this.receiver.url(), ",\"ordered\":true");
        Customer elsewhere = this.customer.at(this.second.api());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(((i % 2 == 0) ? this.customer : elsewhere).event("order.paid", Integer.toString(i)));
        }
        this.customer.awaitDelivered(ids);
        List<String> arrived = this.receiver.requests()
            .stream()
            .map((request) -> request.header("webhook-id"))
            .distinct()
            .toList();
        assertThat(most.get()).isEqualTo(1);
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(ids);
        // An event may overtake others while its neighbours are being accepted, not
        // later.
        assertThat(arrived.subList(5, 20)).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(this.receiver.requests()).hasSize(24);
    }

    @Test
    void rateLimitHoldsForBothTogether() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"rate_limit_per_second\":10,\"enabled\":false")
            .text("id");
        List<String> ids = this.customer.events("order.paid", 25);
        double before = seconds();
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(seconds() - before).as("seconds for 25 at 10 a second").isGreaterThanOrEqualTo(2.4);
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(1));
        assertThat(this.jdbc.sql("select extract(epoch from next_send_at) from endpoint_health where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .query(Double.class)
            .single()).isGreaterThanOrEqualTo(before + 2.4);
    }

    @Test
    void openCircuitIsKnownToBothAtOnceAndClosedForBoth() {
        String endpoint = this.customer.register(this.receiver);
        Circuit circuit = new Circuit(this.jdbc, endpoint);
        Customer elsewhere = this.customer.at(this.second.api());
        // Both have sent to it, so that both would hand over fresh events.
        eventually(() -> {
            this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
            this.customer.awaitStatus(elsewhere.event("order.paid"), "delivered");
            assertThat(this.second.bean(EndpointStates.class).candidates(organization()))
                .contains(UUID.fromString(endpoint));
        });
        this.receiver.answer(500);
        // Enough for probes, too.
        this.customer.patch(endpoint, "{\"retry_schedule\":[0.01" + ",0.01".repeat(19) + "]}");
        String failing = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.endpoint(endpoint).text("/health/circuit")).isEqualTo("open"));
        circuit.keepOpen(this.first);
        eventually(() -> {
            assertThat(this.states.candidates(organization())).isEmpty();
            assertThat(this.second.bean(EndpointStates.class).candidates(organization())).isEmpty();
        });
        List<String> waiting = List.of(elsewhere.event("order.paid"), this.customer.event("order.paid"));
        Customer other = new Customer(this.second.api());
        try (Receiver quick = new Receiver()) {
            other.register(quick);
            other.awaitStatus(other.event("order.paid"), "delivered");
        }
        assertThat(waiting).allSatisfy((id) -> assertThat(this.receiver.requests(id)).isEmpty());
        this.receiver.answer(200);
        circuit.halfOpen();
        this.customer.awaitDelivered(waiting);
        this.customer.awaitStatus(failing, "delivered");
        eventually(() -> {
            elsewhere.awaitStatus(elsewhere.event("order.paid"), "delivered");
            assertThat(this.second.bean(EndpointStates.class).candidates(organization()))
                .contains(UUID.fromString(endpoint));
        });
    }

    @Test
    void circuitStaysOpenForAnInstanceThatStartsLater() {
        String endpoint = this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[0.01,0.01]")
            .text("id");
        Circuit circuit = new Circuit(this.jdbc, endpoint);
        List<String> failing = this.customer.events("order.paid", 4);
        eventually(() -> assertThat(this.customer.endpoint(endpoint).text("/health/circuit")).isNotEqualTo("closed"));
        circuit.keepOpen(this.first);
        int requests = this.receiver.requests().size();
        this.second.close();
        this.second = Instance.start(this.environment);
        String waiting = this.customer.at(this.second.api()).event("order.paid");
        Customer other = new Customer(this.second.api());
        try (Receiver quick = new Receiver()) {
            other.register(quick);
            other.awaitStatus(other.event("order.paid"), "delivered");
        }
        assertThat(this.receiver.requests().size()).isLessThanOrEqualTo(requests + 12);
        assertThat(this.receiver.requests(waiting)).isEmpty();
        assertThat(failing).isNotEmpty();
        this.receiver.answer(200);
        circuit.halfOpen();
        this.customer.awaitStatus(waiting, "delivered");
    }

    private UUID organization() {
        return UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
    }

    private double seconds() {
        return this.jdbc.sql("select extract(epoch from now())").query(Double.class).single();
    }

}
