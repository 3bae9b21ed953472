package dev.triggers.fault;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Consumers that share an inbox by way of two processes, of which one is frozen and in
 * the end killed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedInboxTests {

    private static final int EVENTS = 6_000;

    private static final int CONSUMERS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static ServiceProcess one;

    private static ServiceProcess other;

    private static JdbcClient jdbc;

    private final ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private String key;

    private UUID organization;

    private Set<String> stored;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        jdbc = PostgresServer.client(database);
        one = ServiceProcess.start(database, Map.of());
        other = ServiceProcess.start(database, Map.of());
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @BeforeEach
    void join() {
        this.key = other.api().newKey();
        this.organization = UUID.fromString(other.api().get("/api/keys", this.key).text("organization_id"));
        UUID[] ids = IntStream.range(0, EVENTS).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        for (String sql : List.of("""
                insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'
                """, """
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, unnest(:ids), '00000000-0000-0000-0000-000000000000', 'infinity', 5
                """)) {
            jdbc.sql(sql).param("organization", this.organization).param("ids", ids).update();
        }
        this.stored = new HashSet<>();
        for (UUID id : ids) {
            this.stored.add(id.toString());
        }
    }

    @Test
    @Order(1)
    void consumersOfTwoInstancesNeverHoldTheSameEvent() {
        consume(() -> {
        });
        assertThat(this.got).hasSize(EVENTS).doesNotHaveDuplicates();
        assertThat(this.acknowledged).isEqualTo(this.stored);
    }

    @Test
    @Order(2)
    void frozenInstanceKeepsNobodyFromLeasing() {
        consume(() -> {
            one.freeze();
            try {
                int before = this.got.size();
                await().atMost(PATIENCE).until(() -> this.got.size() >= Math.min(EVENTS, before + 1_000));
            }
            finally {
                one.thaw();
            }
        });
        assertThat(this.got).doesNotHaveDuplicates();
        assertRestIsLeasedOnceItsLeasesRunOut();
    }

    @Test
    @Order(3)
    void nothingIsHeldTwiceOrLostWhenAnInstanceIsKilled() {
        consume(() -> one.kill());
        assertThat(this.got).doesNotHaveDuplicates();
        assertRestIsLeasedOnceItsLeasesRunOut();
    }

    /** Answers that were lost hold events that nobody works on. */
    private void assertRestIsLeasedOnceItsLeasesRunOut() {
        Set<String> rest = new HashSet<>(this.stored);
        rest.removeAll(acknowledged());
        jdbc.sql("update inbox_leases set leased_until = now() where organization_id = :id")
            .param("id", this.organization)
            .update();
        Set<String> leased = new HashSet<>();
        List<String> some;
        do {
            some = lease(other.api());
            leased.addAll(some);
        }
        while (!some.isEmpty());
        assertThat(leased).isEqualTo(rest);
    }

    private Set<String> acknowledged() {
        return new HashSet<>(jdbc.sql("select event_id::text from event_acks where organization_id = :id")
            .param("id", this.organization)
            .query(String.class)
            .list());
    }

    /** Half of the consumers at each instance, until there is nothing more. */
    private void consume(Runnable disturbance) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> consumers = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                Api api = ((i % 2 == 0) ? one : other).api();
                consumers.add(threads.submit(() -> consume(api)));
            }
            await().atMost(PATIENCE).until(() -> this.got.size() >= EVENTS / 6);
            disturbance.run();
            await().atMost(PATIENCE).until(() -> consumers.stream().allMatch(Future::isDone));
            for (Future<?> consumer : consumers) {
                consumer.get();
            }
        }
        catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private void consume(Api api) {
        try {
            List<String> mine = lease(api);
            while (!mine.isEmpty()) {
                this.got.addAll(mine);
                acknowledge(api, mine);
                mine = lease(api);
            }
        }
        catch (UncheckedIOException ex) {
            // Nobody listens any more
        }
    }

    private List<String> lease(Api api) {
        Reply reply = Api
            .patiently(() -> api.post("/api/inbox/lease", this.key, "{\"limit\":50,\"lease_seconds\":43200}"));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return StreamSupport.stream(reply.at("events").spliterator(), false)
            .map((event) -> event.get("id").stringValue())
            .toList();
    }

    private void acknowledge(Api api, List<String> ids) {
        String body = "{\"event_ids\":[\"" + String.join("\",\"", ids) + "\"]}";
        Reply reply = Api.patiently(() -> api.post("/api/ack", this.key, body));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        this.acknowledged.addAll(ids);
    }

}
