package dev.triggers.move;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is here of an organization that lives in another cell yet.
 */
@IntegrationTest
class ArrivingOrganizationTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private OrganizationArrivals arrivals;

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        this.receiver.close();
    }

    @Test
    void turnOfAnOrderedEndpointIsNotGivenOnBeforeAllIsHere() {
        Customer customer = new Customer(this.api);
        String endpoint = customer
            .register(this.receiver.answer(500).url(), ",\"ordered\":true,\"retry_schedule\":[3600]")
            .text("id");
        List<String> events = customer.events("a", 3);
        await().until(() -> this.receiver.requests(events.getFirst()).size() == 1);
        await().until(() -> parked(endpoint) == 2);
        UUID organization = arriving(endpoint);
        // The one whose turn it is has yet to come
        this.jdbc.sql("delete from event_deliveries where endpoint_id = :id and due_at < 'infinity'")
            .param("id", UUID.fromString(endpoint))
            .update();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> parked(endpoint) == 2);
        arrived(organization);
        await().until(() -> parked(endpoint) == 1);
    }

    private long parked(String endpoint) {
        return this.jdbc.sql("select count(*) from event_deliveries where endpoint_id = :id and due_at = 'infinity'")
            .param("id", UUID.fromString(endpoint))
            .query(Long.class)
            .single();
    }

    /** Has the organization of an endpoint live elsewhere. */
    private UUID arriving(String endpoint) {
        return this.jdbc.sql("""
                update organizations set elsewhere = '07'
                where id = (select organization_id from endpoints where id = :id) returning id
                """).param("id", UUID.fromString(endpoint)).query(UUID.class).single();
    }

    private void arrived(UUID organization) {
        this.jdbc.sql("update organizations set elsewhere = null where id = :id").param("id", organization).update();
    }

    @Test
    void replaysRestUntilAllIsHere() {
        Customer customer = new Customer(this.api);
        String endpoint = customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[]").text("id");
        List<String> events = customer.events("a", 6);
        events.forEach((event) -> customer.awaitStatus(event, "failed"));
        assertThat(
                customer.post("/api/replays", "{\"filter\":{\"since\":\"2020-01-01T00:00:00Z\"},\"rate_per_second\":1}")
                    .status())
            .isEqualTo(202);
        await().until(() -> dead(endpoint) < 6);
        UUID organization = arriving(endpoint);
        long left = dead(endpoint);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> dead(endpoint) >= left);
        arrived(organization);
        await().until(() -> events.stream().allMatch((event) -> this.receiver.requests(event).size() == 2));
    }

    private long dead(String endpoint) {
        return this.jdbc.sql("select count(*) from dead_letters where endpoint_id = :id")
            .param("id", UUID.fromString(endpoint))
            .query(Long.class)
            .single();
    }

    @Test
    void whatAMoveSaysThatWasGivenUpComesTooLate() {
        UUID organization = UUID.randomUUID();
        UUID move = UUID.randomUUID();
        this.arrivals.drop(move, organization);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.arrivals.begin(move, organization, "07", -1));
        UUID next = UUID.randomUUID();
        assertThat(this.arrivals.begin(next, organization, "07", -1)).isTrue();
        this.arrivals.drop(next, organization);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.arrivals.begin(next, organization, "07", -1));
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.arrivals.beginFence(next, organization, 1, -1));
        UUID last = UUID.randomUUID();
        this.arrivals.drop(last, organization);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.arrivals.begin(last, organization, "07", -1));
        assertThat(this.jdbc.sql("select count(*) from arrivals where completed_at is null").query(Long.class).single())
            .isZero();
    }

}
