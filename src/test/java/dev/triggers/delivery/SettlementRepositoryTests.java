package dev.triggers.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.triggers.delivery.SettlementRepository.Unsettled;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints here have no health, so the service itself leaves them alone.
 */
@IntegrationTest
class SettlementRepositoryTests {

    @Autowired
    private SettlementRepository repository;

    @Autowired
    private JdbcClient jdbc;

    private UUID organization = Rows.NO_ENDPOINT;

    @BeforeEach
    void newOrganization() {
        this.organization = new Rows(this.jdbc).organization();
    }

    @Test
    void adoptedEventsAreDueOldestFirst() {
        List<UUID> events = waiting(50);
        UUID endpoint = new Rows(this.jdbc).endpoint(this.organization, "https://example.com");
        assertThat(this.repository.adoptWaiting(unsettled(endpoint), 5)).isEqualTo(50);
        assertThat(byDueTime(endpoint)).containsExactlyElementsOf(events);
        assertThat(this.repository.adoptWaiting(unsettled(endpoint), 5)).isZero();
    }

    @Test
    void unparkedDeliveriesAreDueOldestFirst() {
        UUID endpoint = new Rows(this.jdbc).endpoint(this.organization, "https://example.com");
        List<UUID> events = waiting(50);
        this.jdbc.sql("update event_deliveries set endpoint_id = :endpoint where organization_id = :organization")
            .param("endpoint", endpoint)
            .param("organization", this.organization)
            .update();
        assertThat(this.repository.unpark(endpoint)).isEqualTo(50);
        assertThat(byDueTime(endpoint)).containsExactlyElementsOf(events);
    }

    @Test
    void adoptedEventHasTheAttemptsOfItsEndpoint() {
        waiting(1);
        UUID endpoint = new Rows(this.jdbc).endpoint(this.organization, "https://example.com");
        this.jdbc.sql("update endpoints set retry_schedule = '{1,2}' where id = :id").param("id", endpoint).update();
        this.repository.adoptWaiting(unsettled(endpoint), 5);
        assertThat(this.jdbc.sql("select remaining from event_deliveries where endpoint_id = :id")
            .param("id", endpoint)
            .query(Integer.class)
            .single()).isEqualTo(3);
    }

    @Test
    void eventsOfEndpointsThatAreCancelledAtOnceAllWaitAgain() {
        Rows rows = new Rows(this.jdbc);
        UUID one = rows.endpoint(this.organization, "https://example.com/1");
        UUID two = rows.endpoint(this.organization, "https://example.com/2");
        for (int round = 0; round < 10; round++) {
            List<UUID> events = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                UUID event = rows.event(this.organization, "order.paid", "{}");
                rows.parked(this.organization, event, one);
                rows.parked(this.organization, event, two);
                events.add(event);
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                CompletableFuture
                    .allOf(CompletableFuture.runAsync(() -> cancel(one), threads),
                            CompletableFuture.runAsync(() -> cancel(two), threads))
                    .join();
            }
            assertThat(this.jdbc.sql("""
                    select event_id from event_deliveries where organization_id = :organization
                    and endpoint_id = :nobody order by event_id
                    """)
                .param("organization", this.organization)
                .param("nobody", Rows.NO_ENDPOINT)
                .query(UUID.class)
                .list()).containsAll(events);
        }
    }

    @Test
    void attemptUnderWayIsNotCancelledBeforeItsLeaseIsOver() {
        Rows rows = new Rows(this.jdbc);
        UUID endpoint = rows.endpoint(this.organization, "https://example.com");
        UUID underWay = due(endpoint, "1 hour", true);
        UUID retried = due(endpoint, "1 hour", false);
        UUID died = due(endpoint, "-1 second", true);
        cancel(endpoint);
        assertThat(byDueTime(endpoint)).containsExactly(underWay);
        assertThat(byDueTime(Rows.NO_ENDPOINT)).contains(retried, died).doesNotContain(underWay);
    }

    private UUID due(UUID endpoint, String in, boolean leased) {
        UUID event = new Rows(this.jdbc).event(this.organization, "order.paid", "{}");
        new Rows(this.jdbc).parked(this.organization, event, endpoint);
        this.jdbc.sql(
                "update event_deliveries set due_at = now() + :in::interval, leased = :leased::int where event_id = :event")
            .param("in", in)
            .param("leased", leased ? 1 : null)
            .param("event", event)
            .update();
        return event;
    }

    private void cancel(UUID endpoint) {
        while (this.repository.hasCancellable(endpoint)) {
            this.repository.cancel(unsettled(endpoint), 5);
        }
    }

    private Unsettled unsettled(UUID endpoint) {
        return new Unsettled(endpoint, this.organization, true, false, false, false);
    }

    private List<UUID> waiting(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(Rows.newId());
        }
        List<UUID> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, new Random(count));
        Rows rows = new Rows(this.jdbc);
        shuffled.forEach((id) -> {
            rows.event(this.organization, id, "order.paid", null, "{}");
            rows.parked(this.organization, id, Rows.NO_ENDPOINT);
        });
        return ids;
    }

    private List<UUID> byDueTime(UUID endpoint) {
        return this.jdbc.sql("select event_id from event_deliveries where endpoint_id = :endpoint order by due_at")
            .param("endpoint", endpoint)
            .query(UUID.class)
            .list();
    }

}
