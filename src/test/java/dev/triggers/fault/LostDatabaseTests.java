package dev.triggers.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import dev.triggers.support.Change;
import dev.triggers.support.Concurrently;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Pulse;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process whose database goes away and comes back.
 */
class LostDatabaseTests {

    private static final Duration LEASE = Duration.ofSeconds(8);

    private static DatabaseLink link;

    private static ServiceProcess service;

    private static JdbcClient jdbc;

    private String key;

    private UUID organization;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        jdbc = PostgresServer.client(database);
        link = new DatabaseLink(database);
        service = ServiceProcess
            .start(link.url(), Map.of("DELIVERY_TIMEOUT", "3s", "DELIVERY_LEASE", LEASE.toSeconds() + "s"))
            .awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        link.close();
    }

    @BeforeEach
    void join() {
        // of a tier so small that its limiter asks the database, too, in the middle of
        // the load
        this.key = service.api().newKey("Lost", "business");
        this.organization = UUID
            .fromString(answered(() -> service.api().get("/api/keys", this.key)).text("organization_id"));
    }

    @AfterEach
    void recover() {
        link.repair();
        service.awaitReady();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }

    private void setWebhook(Receiver receiver) {
        answered(() -> service.api().post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}"));
    }

    /** Deliveries of this organization that are still open. */
    private int undelivered() {
        return jdbc.sql("select count(*) from event_deliveries where organization_id = :organization")
            .param("organization", this.organization)
            .query(Integer.class)
            .single();
    }

    private String postEvent() {
        return answered(() -> service.api().post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1}")).text("id");
    }

    /** Connections that the last loss broke are found out only when they are used. */
    private static Reply answered(Callable<Reply> request) {
        return soon().until(request, (reply) -> reply.status() != 503);
    }

    private static void lose(String how) {
        if (how.equals("cut")) {
            link.cut();
        }
        else {
            link.freeze();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "cut", "frozen" })
    void clientsHearOfItSoonAndNothingThatWasAcceptedIsLost(String how) {
        try (Receiver receiver = new Receiver()) {
            setWebhook(receiver);
            Map<String, Integer> accepted;
            try (Pulse pulse = new Pulse(); Load load = new Load(16, this.key, service.api())) {
                load.awaitMore(300);
                lose(how);
                assertThat(Change.await(() -> service.api().get("/health/ready", null).status(), 503))
                    .isLessThanOrEqualTo(Duration.ofSeconds(5));
                assertThat(service.api().get("/health", null).status()).isEqualTo(200);
                assertThat(service.api().get("/health/live", null).status()).isEqualTo(200);
                List<Supplier<Reply>> requests = List.of(() -> Load.post(service.api(), this.key, -1),
                        () -> service.api().post("/api/events/batch", this.key, "[{\"type\":\"a\",\"payload\":1}]"),
                        () -> service.api().get("/api/inbox", this.key),
                        () -> service.api().get("/api/events/" + new UUID(0x7000, 0), this.key),
                        () -> service.api().post("/api/ack/" + new UUID(0x7000, 0), this.key, ""),
                        () -> service.api().post("/api/events", "zap_live_" + "0".repeat(64), "{}"));
                Concurrently.call(requests.size(), (i) -> {
                    assertUnavailable(requests.get(i), pulse);
                    return i;
                });
                // What thaws in time is stored
                soon().until(() -> !load.refusals().isEmpty());
                link.repair();
                service.awaitReady();
                load.awaitMore(300);
                load.stop();
                accepted = load.accepted();
                assertThat(load.refusals()).isNotEmpty()
                    .allSatisfy(
                            (refusal) -> assertUnavailable(refusal.reply(), Duration.ofNanos(refusal.nanos()), pulse));
            }
            Map<String, String> stored = new HashMap<>();
            jdbc.sql("select id, payload from events").query((row) -> {
                stored.put(row.getString("id"), row.getString("payload"));
            });
            assertThat(accepted).allSatisfy((id, number) -> assertThat(stored).containsEntry(id, Load.payload(number)));
            soon().until(() -> undelivered() == 0);
            assertThat(receiver.requests().stream().map((request) -> request.header("webhook-id")))
                .containsAll(accepted.keySet());
        }
    }

    private static void assertUnavailable(Supplier<Reply> request, Pulse pulse) {
        long started = System.nanoTime();
        Reply reply = request.get();
        assertUnavailable(reply, Duration.ofNanos(System.nanoTime() - started), pulse);
    }

    private static void assertUnavailable(Reply reply, Duration took, Pulse pulse) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotNull();
        assertThat(took).isLessThan(pulse.allow(Duration.ofSeconds(3)));
    }

    @Test
    void outcomeThatCouldNotBeRecordedForLongerThanItsLeaseIsNotForgotten() {
        try (Receiver receiver = new Receiver()) {
            setWebhook(receiver);
            receiver.answer((request, exchange) -> {
                link.cut();
                Receiver.respond(exchange, 200, "ok");
            });
            String id = postEvent();
            soon().until(() -> receiver.requests(id).size() == 1);
            receiver.answer(200);
            jdbc.sql("""
                    select pg_sleep(extract(epoch from due_at - now()) + 1) from event_deliveries where event_id = :id
                    """).param("id", UUID.fromString(id)).query((row) -> {
            });
            link.repair();
            soon().until(() -> undelivered() == 0);
            assertThat(receiver.requests(id)).hasSize(1);
        }
    }

}
