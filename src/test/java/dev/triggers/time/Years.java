package dev.triggers.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.triggers.TriggersApplication;
import dev.triggers.support.Api;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.Reply;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.ScheduledTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service and a PostgreSQL of its own that live in a time that is moved, and customers
 * who use all of it at every step. What the service does by the hour is done at each
 * step; the server's and the service's zones are ones that change their clocks.
 */
final class Years implements AutoCloseable {

    /** Where the server lives, and the service: the tests' JVM is told so. */
    static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String DATABASE = "years";

    /** Transaction ids that a step uses up, beside its own. */
    private static final int TRANSACTIONS = 1_500;

    /** Events of an inbox that is shared, a step. */
    private static final int SHARED = 3;

    private final PostgresCluster cluster = PostgresCluster.place("data");

    private final Receipts receipts = new Receipts();

    private final MovedTime time;

    private final ConfigurableApplicationContext context;

    /** What the service does by itself: done at each step, and never between. */
    private final List<Runnable> tasks;

    private final Api api;

    private final SingleConnectionDataSource connection;

    private final JdbcClient jdbc;

    private final String webhooks;

    private final String shared;

    private final String moody;

    private String position = "";

    private long steadily;

    private long read;

    private int step;

    private int left;

    Years(Instant start) {
        this.time = new MovedTime(folder().resolve("offset"));
        this.time.jumpTo(start);
        this.cluster.shell("""
                initdb -D data -U postgres -A trust -E UTF8 --no-sync >initdb.log
                cat >>data/postgresql.auto.conf <<'END'
                %s
                listen_addresses = '127.0.0.1'
                timezone = '%s'
                fsync = off
                autovacuum_naptime = 1s
                autovacuum_freeze_max_age = 100000
                vacuum_freeze_table_age = 80000
                vacuum_freeze_min_age = 20000
                END
                pg_ctl -D data -w -l log start >start.log
                """.formatted(this.cluster.settings(), ZONE), this.time.environment());
        this.cluster.createDatabase(DATABASE);
        this.context = start(this.cluster.url(DATABASE));
        this.tasks = takeOver(this.context.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks());
        this.api = new Api((WebServerApplicationContext) this.context);
        String url = this.cluster.url(DATABASE);
        this.connection = new SingleConnectionDataSource("jdbc:postgresql://" + url.substring(url.indexOf('@') + 1),
                "postgres", "postgres", true);
        this.jdbc = JdbcClient.create(this.connection);
        this.webhooks = this.api.newKey("webhooks", "enterprise");
        this.shared = this.api.newKey("shared", "enterprise");
        endpoint("/steady", "steady.*");
        this.moody = endpoint("/moody", "moody.*");
    }

    static boolean isPossible() {
        return PostgresCluster.programs().isPresent() && MovedTime.library().isPresent();
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("years");
            // The server is somebody else's process
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private ConfigurableApplicationContext start(String url) {
        Map<String, String> settings = new HashMap<>(
                Map.of("PORT", "0", "DATABASE_URL", url, "API_KEY_SALT", "pepper-of-the-test-suite", "WEBHOOK_SECRET",
                        "secret-of-the-test-suite", "WEBHOOK_ALLOW_PRIVATE_NETWORKS", "true", "REGISTRATION", "open",
                        "PUBLIC_URL", "http://localhost", "AUDIT_DAYS", "90", "ENDPOINT_DISABLE_AFTER", "365d"));
        settings.putAll(Map.of("DELIVERY_BACKOFF", "10ms,10ms,10ms,10ms", "CIRCUIT_FAILURES", "1000000",
                "DELIVERY_TIMEOUT", "5s", "DELIVERY_LEASE", "15s", "triggers.delivery.poll-interval", "20ms",
                "PLAYGROUND", "true", "spring.main.allow-bean-definition-overriding", "true"));
        String[] arguments = settings.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new);
        return new SpringApplicationBuilder(TriggersApplication.class).initializers(
                (context) -> ((GenericApplicationContext) context).registerBean("clock", Clock.class, () -> this.time))
            .run(arguments);
    }

    /** A task that runs while the time is moved would see two times. */
    private static List<Runnable> takeOver(Collection<ScheduledTask> tasks) {
        assertThat(tasks).isNotEmpty();
        tasks.forEach((task) -> task.cancel(false));
        return tasks.stream().map((task) -> task.getTask().getRunnable()).toList();
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private String endpoint(String path, String type) {
        return expect(201, this.api.post("/api/webhooks", this.webhooks, """
                {"url": "%s", "event_types": ["%s"]}""".formatted(this.receipts.url(path), type)), "id");
    }

    private static String expect(int status, Reply reply, String path) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        return path.isEmpty() ? "" : reply.text(path);
    }

    Instant now() {
        return this.time.instant();
    }

    /** Moves on, does what is due by then, and uses the service. */
    void step(Duration further) {
        this.time.jump(further);
        this.step++;
        upkeep();
        spendTransactions();
        postAndReceive();
        lease();
        if (this.step % 4 == 0) {
            oncePerDay();
        }
        readLog();
    }

    /** Leaves out what lies between, longer than anything is kept. */
    void jumpTo(Instant instant) {
        awaitScheduled();
        this.time.jumpTo(instant);
        this.left = 0;
        // While nobody ran, nobody noted which position belongs to which day
        this.position = "";
        upkeep();
    }

    /** What was put off comes. */
    private void awaitScheduled() {
        this.time.jump(Duration.ofHours(8));
        awaitThat(() -> this.receipts.steady() >= this.steadily + this.step);
        // What was received but not noted yet would go out again once its lease is over
        awaitThat(() -> due() == 0);
    }

    private void upkeep() {
        this.tasks.forEach(Runnable::run);
    }

    private void spendTransactions() {
        this.jdbc.sql("""
                do $$ begin
                  set synchronous_commit = off;
                  for i in 1..%d loop perform pg_current_xact_id(); commit; end loop;
                end $$
                """.formatted(TRANSACTIONS)).update();
    }

    private void postAndReceive() {
        boolean well = (this.step - 1) / 4 % 2 == 0;
        this.receipts.well(well);
        String latest = "";
        for (int i = 0; i < 5; i++) {
            latest = post("steady.a", "\"dedup_id\": \"%d-%d\"".formatted(this.step, i));
        }
        // Comes with one of the next steps
        post("steady.b", "\"deliver_at\": \"%s\"".formatted(now().plus(Duration.ofHours(7))));
        post("moody.a", "\"dedup_id\": \"m%d\"".formatted(this.step));
        this.steadily += 5;
        // The verdict on a duplicate lives for 24 hours
        boolean again = this.step % 4 != 1;
        expect(again ? 409 : 201, this.api.post("/api/events", this.webhooks, """
                {"type": "nobody", "payload": 1, "dedup_id": "daily"}"""), "");
        awaitThat(() -> this.receipts.steady() >= this.steadily + Math.max(0, this.step - 2));
        awaitThat(() -> due() == 0);
        expect(200, this.api.get("/api/events/" + latest, this.webhooks), "");
    }

    private String post(String type, String more) {
        return expect(201, this.api.post("/api/events", this.webhooks, """
                {"type": "%s", "payload": {"step": %d}, %s}""".formatted(type, this.step, more)), "id");
    }

    private int due() {
        return this.jdbc
            .sql("select count(*) from event_deliveries where due_at <= now() + interval '1 minute' and endpoint_id <> "
                    + "'00000000-0000-0000-0000-000000000000'")
            .query(Integer.class)
            .single();
    }

    /** One is left to the next step, which gets it again. */
    private void lease() {
        for (int i = 0; i < SHARED; i++) {
            this.api.postEvent(this.shared, "shared", "1");
        }
        Reply lease = this.api.post("/api/inbox/lease", this.shared, "{\"limit\": 10, \"lease_seconds\": 60}");
        assertThat(lease.at("/count").intValue()).as("%s", lease).isEqualTo(SHARED + this.left);
        this.left = 1;
        List<String> ids = new ArrayList<>();
        lease.at("/events").forEach((event) -> ids.add(event.get("id").asString()));
        expect(200, this.api.post("/api/ack", this.shared,
                "{\"event_ids\": [\"" + String.join("\",\"", ids.subList(0, ids.size() - 1)) + "\"]}"), "");
    }

    private void oncePerDay() {
        String day = now().minus(Duration.ofDays(2)).toString();
        expect(202, this.api.post("/api/webhooks/" + this.moody + "/recover", this.webhooks,
                "{\"since\": \"" + day + "\"}"), "");
        expect(202,
                this.api.post("/api/replays", this.webhooks,
                        "{\"filter\": {\"type\": \"moody.*\", \"outcome\": \"failed\", \"since\": \"" + day + "\"}}"),
                "");
        String passing = endpoint("/steady", "passing.*");
        expect(200, this.api.post("/api/webhooks/" + passing + "/secret/rotate", this.webhooks, "{}"), "");
        assertThat(this.api.delete("/api/webhooks/" + passing, this.webhooks).status() / 100).isEqualTo(2);
        expect(201, this.api.post("/api/organization/keys", this.webhooks,
                "{\"name\": \"of a day\", \"scopes\": [\"events:read\"], \"expires_in\": 3600}"), "");
        expect(201, this.api.post("/api/portal/sessions", this.webhooks, "{\"expires_in\": 3600}"), "");
        expect(201, this.api.post("/api/playground", this.webhooks, "{}"), "");
        expect(200, this.api.get("/api/usage", this.webhooks), "");
        expect(200, this.api.get("/api/inbox?limit=10", this.shared), "");
    }

    /** As a consumer that keeps its position, and misses nothing. */
    private void readLog() {
        // The log waits for transactions of others, as those of autovacuum
        awaitThat(() -> {
            readPage();
            return this.read >= SHARED * this.step;
        });
        expect(200, this.api.put("/api/consumers/years", this.shared,
                "{\"cursor\": \"" + this.position.substring("cursor=".length()) + "\"}"), "");
    }

    private void readPage() {
        Reply page = this.api
            .get("/api/events?limit=1000&" + (this.position.isEmpty() ? "from=earliest" : this.position), this.shared);
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        this.read += page.at("/events").size();
        this.position = "cursor=" + page.text("next_cursor");
    }

    /** What is kept, and of what. */
    Holdings holdings() {
        return Holdings.of(this.jdbc, now());
    }

    /** The days of the history that there are. */
    List<LocalDate> days() {
        return Holdings.days(this.jdbc);
    }

    /** That everything came that was posted, and nothing twice. */
    void requireNothingLost() {
        awaitScheduled();
        assertThat(this.read).isEqualTo((long) SHARED * this.step);
        assertThat(this.receipts.steady()).isEqualTo(this.steadily + this.step);
    }

    long read() {
        return this.read;
    }

    long received() {
        return this.receipts.steady() + this.receipts.moody();
    }

    @Override
    public void close() {
        this.connection.destroy();
        this.context.close();
        this.receipts.close();
        this.cluster.close();
    }

}
