package dev.triggers.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;
import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two instances count what they did themselves; the database adds it up, also when it was
 * away.
 */
class StatisticsAcrossInstancesTests {

    private static DatabaseLink link;

    private static Instance one;

    private static Instance other;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        link = new DatabaseLink(database);
        one = Instance.start(link.url(), Map.of());
        other = Instance.start(database, Map.of());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        link.close();
    }

    private static void write() {
        CompletableFuture
            .allOf(CompletableFuture.runAsync(() -> one.bean(StatisticsCounts.class).write()),
                    CompletableFuture.runAsync(() -> other.bean(StatisticsCounts.class).write()))
            .join();
    }

    private static FinishedAttempt attempt(UUID organizationId, UUID endpointId, Instant at) {
        return new FinishedAttempt(organizationId, UUID.randomUUID(), endpointId, 1, at, Duration.ofMillis(12), null,
                false);
    }

    @Test
    void instancesAddUp() {
        Customer here = new Customer(one.api());
        Customer there = here.at(other.api());
        try (Receiver receiver = new Receiver()) {
            String endpoint = here.register(receiver);
            here.events("a", 10);
            there.events("a", 15);
            eventually(() -> {
                write();
                for (Customer customer : List.of(here, there)) {
                    assertThat(customer.get("/api/statistics").at("accepted").intValue()).isEqualTo(25);
                    Reply figures = customer.get("/api/webhooks/" + endpoint + "/statistics?range=1h");
                    assertThat(figures.at("attempts").intValue()).isEqualTo(25);
                }
            });
        }
    }

    @Test
    void countsWaitForTheDatabase() {
        Customer customer = new Customer(one.api());
        UUID organization = UUID.fromString(customer.get("/api/keys").text("organization_id"));
        UUID endpoint = UUID.fromString(customer.register("https://example.com/hook", "").text("id"));
        StatisticsCounts counts = one.bean(StatisticsCounts.class);
        Instant now = Instant.now();
        link.cut();
        for (int i = 0; i < 3; i++) {
            counts.finished(List.of(attempt(organization, endpoint, now)));
            counts.write();
        }
        assertThat(Metrics.of(one.api()).value("triggers_statistics_uncounted_total")).isZero();
        link.repair();
        await().until(() -> one.api().get("/health/ready", null).status() == 200);
        eventually(() -> {
            counts.write();
            assertThat(customer.get("/api/webhooks/" + endpoint + "/statistics").at("attempts").intValue())
                .isEqualTo(3);
            assertThat(customer.get("/api/statistics").at("delivered").intValue()).isEqualTo(3);
        });
    }

    /** A lost database, and more endpoints than there is room for. */
    @Test
    void whatWaitsIsBounded() {
        StatisticsCounts counts = other.bean(StatisticsCounts.class);
        counts.write();
        double before = Metrics.of(other.api()).value("triggers_statistics_uncounted_total");
        List<FinishedAttempt> attempts = new ArrayList<>();
        UUID nobody = UUID.randomUUID();
        for (int i = 0; i < Counted.MOST + 100; i++) {
            attempts.add(attempt(nobody, UUID.randomUUID(), Instant.now()));
        }
        counts.finished(attempts);
        assertThat(Metrics.of(other.api()).value("triggers_statistics_uncounted_total") - before).isEqualTo(100);
        counts.write();
    }

}
