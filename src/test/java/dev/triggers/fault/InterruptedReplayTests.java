package dev.triggers.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A replay that two processes take on, of which one is killed.
 */
class InterruptedReplayTests {

    private static final int EVENTS = 600;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void replayGoesOnWhenAnInstanceIsKilledAndOpensNothingTwice() {
        String database = PostgresServer.newDatabase();
        JdbcClient jdbc = PostgresServer.client(database);
        Map<String, String> settings = Map.of("DELIVERY_TIMEOUT", "5s", "DELIVERY_LEASE", "10s");
        try (Receiver receiver = new Receiver();
                ServiceProcess one = ServiceProcess.start(database, settings);
                ServiceProcess other = ServiceProcess.start(database, settings)) {
            one.awaitReady();
            other.awaitReady();
            String key = other.api().newKey();
            UUID endpoint = UUID
                .fromString(other.api().post("/api/webhooks", key, "{\"url\":\"" + receiver.url() + "\"}").text("id"));
            store(jdbc, UUID.fromString(other.api().get("/api/keys", key).text("organization_id")), endpoint);
            Reply replay = Api.patiently(() -> other.api()
                .post("/api/replays", key,
                        "{\"filter\":{\"since\":\"2026-01-01T00:00:00Z\"},\"rate_per_second\":200}"));
            assertThat(replay.status()).as("%s", replay).isEqualTo(202);
            await().atMost(PATIENCE).until(() -> receiver.requests().size() >= 100);
            one.kill();
            await().atMost(PATIENCE)
                .until(() -> look(other, key, replay).text("state").equals("finished")
                        && jdbc.sql("select count(*) from event_deliveries").query(Integer.class).single() == 0);
            assertThat(look(other, key, replay).at("/requeued").intValue()).isEqualTo(EVENTS);
            Map<String, Long> received = receiver.requests()
                .stream()
                .collect(Collectors.groupingBy((request) -> request.header("webhook-id"), Collectors.counting()));
            assertThat(received).hasSize(EVENTS);
            // What was under way at the kill may come twice
            assertThat(received.values()).allSatisfy((times) -> assertThat(times).isLessThanOrEqualTo(2));
        }
    }

    private static Reply look(ServiceProcess instance, String key, Reply replay) {
        return Api.patiently(() -> instance.api().get("/api/replays/" + replay.text("id"), key));
    }

    private static void store(JdbcClient jdbc, UUID organization, UUID endpoint) {
        UUID[] ids = IntStream.range(0, EVENTS).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        for (String sql : List.of("""
                insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'
                """, """
                insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                select :organization, unnest(:ids), :endpoint, 1, now()
                """)) {
            JdbcClient.StatementSpec statement = jdbc.sql(sql).param("organization", organization).param("ids", ids);
            (sql.contains(":endpoint") ? statement.param("endpoint", endpoint) : statement).update();
        }
    }

}
