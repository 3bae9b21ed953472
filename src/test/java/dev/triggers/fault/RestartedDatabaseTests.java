package dev.triggers.fault;

import java.time.Duration;
import java.util.Arrays;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Consumers that lease, and a replay, whose database dies as in a power cut and comes
 * back. Skipped where the programs of a PostgreSQL server are not installed.
 */
@EnabledIf(value = "programsAreThere", disabledReason = "needs Debian's package postgresql")
class RestartedDatabaseTests {

    private static final int EVENTS = 4_000;

    private static final int CONSUMERS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private PostgresCluster cluster;

    private JdbcClient jdbc;

    private ServiceProcess one;

    private ServiceProcess other;

    private String key;

    private UUID organization;

    static boolean programsAreThere() {
        return PostgresCluster.programs().isPresent();
    }

    @BeforeEach
    void start() {
        this.cluster = PostgresCluster.start();
        this.cluster.createDatabase("triggers");
        String database = this.cluster.url("triggers");
        this.jdbc = PostgresServer.client(database);
        this.one = ServiceProcess.start(database, Map.of());
        this.other = ServiceProcess.start(database, Map.of());
        this.one.awaitReady();
        this.other.awaitReady();
        this.key = this.one.api().newKey();
        this.organization = UUID.fromString(this.one.api().get("/api/keys", this.key).text("organization_id"));
    }

    @AfterEach
    void stop() {
        this.one.close();
        this.other.close();
        this.cluster.close();
    }

    private void store(String sql, UUID[] ids, UUID endpoint) {
        this.jdbc
            .sql("insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'")
            .param("organization", this.organization)
            .param("ids", ids)
            .update();
        this.jdbc.sql(sql)
            .param("organization", this.organization)
            .param("ids", ids)
            .param("endpoint", endpoint)
            .update();
    }

    private static UUID[] newIds(int count) {
        return IntStream.range(0, count).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
    }

    private void restartDatabase() {
        this.cluster.kill();
        this.cluster.restart();
    }

    @Test
    void nothingIsHeldTwiceOrLost() {
        UUID[] ids = newIds(EVENTS);
        store("""
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, unnest(:ids), :endpoint, 'infinity', 5
                """, ids, Rows.NO_ENDPOINT);
        AtomicBoolean empty = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONSUMERS; i++) {
                Api api = ((i % 2 == 0) ? this.one : this.other).api();
                threads.submit(() -> consume(api, empty));
            }
            await().atMost(PATIENCE).until(() -> this.got.size() >= EVENTS / 4);
            restartDatabase();
            await().atMost(PATIENCE).untilTrue(empty);
        }
        assertThat(this.got).doesNotHaveDuplicates();
        Set<String> known = new HashSet<>(
                this.jdbc.sql("select event_id::text from event_acks").query(String.class).list());
        assertThat(known).containsAll(this.acknowledged);
        // Of answers that were lost
        this.jdbc.sql("update inbox_leases set leased_until = now()").update();
        Set<String> rest = new HashSet<>();
        List<String> some = lease(this.one.api());
        while (!some.isEmpty()) {
            rest.addAll(some);
            some = lease(this.one.api());
        }
        assertThat(rest).doesNotContainAnyElementsOf(known);
        rest.addAll(known);
        assertThat(rest).isEqualTo(Arrays.stream(ids).map(UUID::toString).collect(Collectors.toSet()));
    }

    private void consume(Api api, AtomicBoolean empty) {
        while (!empty.get()) {
            List<String> mine = lease(api);
            this.got.addAll(mine);
            if (mine.isEmpty()) {
                empty.set(true);
            }
            else {
                answered(() -> api.post("/api/ack", this.key,
                        "{\"event_ids\":[\"" + String.join("\",\"", mine) + "\"]}"));
                this.acknowledged.addAll(mine);
            }
        }
    }

    private List<String> lease(Api api) {
        Reply reply = answered(() -> api.post("/api/inbox/lease", this.key, "{\"limit\":20,\"lease_seconds\":43200}"));
        return StreamSupport.stream(reply.at("events").spliterator(), false)
            .map((event) -> event.get("id").stringValue())
            .toList();
    }

    /** As long as the database is away, the answer is 503. */
    private static Reply answered(Supplier<Reply> request) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            Reply reply = request.get();
            assertThat(reply.status()).as(reply.toString()).isIn(200, 202, 503);
            return reply;
        }, (reply) -> reply.status() != 503);
    }

    @Test
    void whatWasAcceptedSurvivesFiveRestartsInARow() {
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        try (Receiver receiver = new Receiver()) {
            this.one.api().post("/api/webhooks", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> posting = List.of(threads.submit(() -> post(this.one.api(), accepted, over)),
                        threads.submit(() -> post(this.other.api(), accepted, over)));
                await().atMost(PATIENCE).until(() -> accepted.size() > 50);
                for (int i = 0; i < 5; i++) {
                    restartDatabase();
                }
                int before = accepted.size();
                await().atMost(PATIENCE).until(() -> accepted.size() > before + 50 || posting.get(0).isDone());
                over.set(true);
                assertThat(posting).allSatisfy((poster) -> assertThat(poster).succeedsWithin(PATIENCE));
            }
            assertThat(this.jdbc.sql("select id::text from events").query(String.class).set()).containsAll(accepted);
            await().atMost(PATIENCE).until(() -> {
                Set<String> received = receiver.requests()
                    .stream()
                    .map((request) -> request.header("webhook-id"))
                    .collect(Collectors.toSet());
                return received.containsAll(accepted);
            });
        }
    }

    private void post(Api api, Set<String> accepted, AtomicBoolean over) {
        while (!over.get()) {
            Reply reply = api.post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1}");
            if (reply.status() == 201) {
                accepted.add(reply.text("id"));
            }
            else {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotNull();
            }
        }
    }

    @Test
    void replayGoesOnAndOpensNothingTwice() {
        try (Receiver receiver = new Receiver()) {
            UUID endpoint = UUID.fromString(
                    this.one.api().post("/api/webhooks", this.key, "{\"url\":\"" + receiver.url() + "\"}").text("id"));
            store("""
                    insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                    select :organization, unnest(:ids), :endpoint, 1, now()
                    """, newIds(400), endpoint);
            Reply replay = answered(() -> this.one.api()
                .post("/api/replays", this.key,
                        "{\"filter\":{\"since\":\"2026-01-01T00:00:00Z\"},\"rate_per_second\":200}"));
            await().atMost(PATIENCE).until(() -> receiver.requests().size() >= 100);
            restartDatabase();
            await().atMost(PATIENCE)
                .until(() -> answered(() -> this.other.api().get("/api/replays/" + replay.text("id"), this.key)),
                        (view) -> view.text("state").equals("finished"));
            Reply view = answered(() -> this.other.api().get("/api/replays/" + replay.text("id"), this.key));
            assertThat(view.at("requeued").intValue()).isEqualTo(400);
            assertThat(view.at("skipped").intValue()).isZero();
            await().atMost(PATIENCE)
                .until(() -> this.jdbc.sql("select count(*) from event_deliveries").query(Integer.class).single() == 0);
            Map<String, Long> received = receiver.requests()
                .stream()
                .collect(Collectors.groupingBy((request) -> request.header("webhook-id"), Collectors.counting()));
            assertThat(received).hasSize(400);
            // What was under way at the loss may come twice
            assertThat(received.values()).allSatisfy((times) -> assertThat(times).isLessThanOrEqualTo(2));
        }
    }

}
