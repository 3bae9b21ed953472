package dev.triggers.log;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Readers of the log on two instances, beside writers that pause, roll back and are
 * killed between insert and commit, and whose clocks differ by hours: every reader sees
 * every committed event once, and all see them in the same order.
 */
class LogOrderTests {

    private static final int TRANSACTIONS = 40;

    private static final int POSTS = 60;

    private static String database;

    private static Instance one;

    private static Instance other;

    @BeforeAll
    static void start() {
        database = PostgresServer.newDatabase();
        one = Instance.start(database, Map.of());
        other = Instance.start(database, Map.of());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void everyReaderSeesEveryCommittedEventOnce(long seed) throws Exception {
        Reply made = one.api()
            .post("/api/keys/generate", null, "{\"organization_name\":\"log\",\"tier\":\"enterprise\"}");
        String key = made.text("api_key");
        UUID organization = UUID.fromString(made.text("organization_id"));
        Queue<String> committed = new ConcurrentLinkedQueue<>();
        AtomicBoolean written = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(seed * 31 + i);
                String filter = (i == 3) ? "&type=log.*" : "";
                readers.add(threads.submit(() -> read(key, filter, random, written, committed)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(seed * 37 + i);
                Duration skew = Duration.ofHours(i - 2);
                writers.add(threads.submit((Callable<Void>) () -> {
                    write(organization, random, skew, committed);
                    return null;
                }));
            }
            for (Api api : List.of(one.api(), other.api())) {
                writers.add(threads.submit(() -> post(api, key, committed)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            written.set(true);
            List<String> first = readers.getFirst().get();
            assertThat(first).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(committed);
            for (Future<List<String>> reader : readers) {
                assertThat(reader.get()).isEqualTo(first);
            }
        }
    }

    /**
     * Reads until all is there that was written, now at one instance, now at the other.
     */
    private static List<String> read(String key, String filter, Random random, AtomicBoolean written,
            Queue<String> committed) {
        List<String> seen = new ArrayList<>();
        String[] cursor = { "" };
        await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(1)).until(() -> {
            boolean all = written.get();
            Api api = random.nextBoolean() ? one.api() : other.api();
            String query = "?limit=" + (1 + random.nextInt(20)) + filter + cursor[0];
            Reply page = Api.patiently(() -> api.get("/api/events" + query, key));
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            page.at("events").forEach((event) -> seen.add(event.get("id").stringValue()));
            cursor[0] = "&cursor=" + page.text("next_cursor");
            return all && seen.size() >= committed.size() && !page.at("has_more").booleanValue();
        });
        return seen;
    }

    private static void post(Api api, String key, Queue<String> committed) {
        for (int i = 0; i < POSTS; i++) {
            committed.add(api.postEvent(key, "log.posted", Integer.toString(i)));
        }
    }

    private static void write(UUID organization, Random random, Duration skew, Queue<String> committed)
            throws SQLException {
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<UUID> ids = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                UUID floor = UuidV7.floor(Instant.now().plus(skew).plusMillis(random.nextInt(20)));
                ids.add(new UUID(floor.getMostSignificantBits() | 0x7000, random.nextLong() >>> 2 | Long.MIN_VALUE));
            }
            transaction(organization, ids.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList(),
                    random, committed);
        }
    }

    private static void transaction(UUID organization, List<UUID> ids, Random random, Queue<String> committed)
            throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    """
                            insert into events (organization_id, id, last_id, type, payload) values (?, ?, ?, 'log.written', '1')
                            """)) {
                for (UUID id : ids) {
                    insert.setObject(1, organization);
                    insert.setObject(2, id);
                    insert.setObject(3, id.equals(ids.getFirst()) ? ids.getLast() : null);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(25)).toNanos());
            switch (random.nextInt(5)) {
                case 0 -> connection.rollback();
                case 1 -> kill(connection);
                default -> {
                    connection.commit();
                    ids.forEach((id) -> committed.add(id.toString()));
                }
            }
        }
    }

    private static void kill(Connection killed) throws SQLException {
        int pid;
        try (Statement statement = killed.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            pid = row.getInt(1);
        }
        try (Connection killer = connect(); Statement statement = killer.createStatement()) {
            statement.execute("select pg_terminate_backend(" + pid + ")");
        }
    }

    private static Connection connect() throws SQLException {
        URI url = URI.create(database);
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
                user[0], user[1]);
    }

}
