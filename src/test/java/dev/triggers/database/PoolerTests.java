package dev.triggers.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.Pooler;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A pooler between the service and its server, from the start or from some moment on.
 */
@EnabledIf(value = "dev.triggers.support.Pooler#installed", disabledReason = "pgbouncer is not installed")
@ExtendWith(OutputCaptureExtension.class)
class PoolerTests {

    private final String direct = PostgresServer.newDirectDatabase();

    private Pooler pooler;

    @BeforeEach
    void start() {
        this.pooler = Pooler.before(this.direct, "default_pool_size = 3");
    }

    @AfterEach
    void stop() {
        this.pooler.close();
    }

    private Sessions sessions(String url) {
        return new Sessions(DatabaseUrl.parse("DATABASE_URL", url));
    }

    /** Whoever else uses the pooler, in sessions that the service had before. */
    private Set<String> strangersSetting(String name) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        DatabaseUrl url = DatabaseUrl.parse("DATABASE_URL", this.pooler.through(this.direct));
        dataSource.setUrl(url.address());
        dataSource.setUser(url.parameters().get("user"));
        dataSource.setPassword(url.parameters().get("password"));
        dataSource.setPrepareThreshold(0);
        JdbcClient stranger = JdbcClient.create(dataSource);
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            values.add(stranger.sql("select current_setting('" + name + "')").query(String.class).single());
        }
        return values;
    }

    private static Reply post(Instance instance, String key) {
        return instance.api().post("/api/events", key, "{\"type\":\"a\",\"payload\":1}");
    }

    @Test
    void settingsGoAlongWithEachTransactionAndAreLeftToNobody() {
        try (Instance instance = Instance.start(this.pooler.through(this.direct), Map.of())) {
            JdbcClient jdbc = instance.bean(JdbcClient.class);
            TransactionTemplate transaction = new TransactionTemplate(instance.bean(PlatformTransactionManager.class));
            transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            for (int i = 0; i < 10; i++) {
                assertThat(setting(jdbc, "enable_seqscan")).isEqualTo("off");
                transaction.executeWithoutResult((status) -> {
                    assertThat(setting(jdbc, "transaction_isolation")).isEqualTo("repeatable read");
                    assertThat(setting(jdbc, "plan_cache_mode")).isEqualTo("force_generic_plan");
                });
                assertThat(setting(jdbc, "transaction_isolation")).isEqualTo("read committed");
            }
            assertThat(strangersSetting("enable_seqscan")).containsExactly("on");
            assertThat(strangersSetting("default_transaction_isolation")).containsExactly("read committed");
            assertThat(strangersSetting("lock_timeout")).containsExactly("0");
        }
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("select current_setting(:name)").param("name", name).query(String.class).single();
    }

    @Test
    void settingsOfTheRoleNeedNotGoAlong() throws SQLException {
        JdbcClient jdbc = PostgresServer.client(this.direct);
        String database = jdbc.sql("select current_database()").query(String.class).single();
        try {
            settings().forEach((name, value) -> jdbc
                .sql("alter role postgres in database " + database + " set " + name + " = " + value)
                .update());
            try (Instance instance = Instance.start(this.pooler.through(this.direct), Map.of())) {
                assertThat(instance.bean(JdbcClient.class)
                    .sql("select source from pg_settings where name = 'enable_seqscan'")
                    .query(String.class)
                    .single()).isEqualTo("database user");
                try (Connection patient = instance.bean(Database.class).sessions().openPatient();
                        PreparedStatement statement = patient.prepareStatement("show enable_seqscan");
                        ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("on");
                }
            }
        }
        finally {
            jdbc.sql("alter role postgres in database " + database + " reset all").update();
        }
    }

    @Test
    void aPoolerThatIgnoresWhatItDoesNotKnowIsFoundToo() throws SQLException {
        try (Pooler silent = Pooler.before(this.direct, "ignore_startup_parameters = options,extra_float_digits")) {
            Sessions sessions = sessions(silent.through(this.direct));
            sessions.getConnection().close();
            assertThat(sessions.pooled()).isTrue();
        }
    }

    @Test
    void aPoolerThatComesBetweenLaterIsFoundByWhatFails() {
        try (DatabaseLink link = new DatabaseLink(this.direct);
                Instance instance = Instance.start(link.url(), Map.of())) {
            String key = instance.api().newKey();
            for (int i = 0; i < 20; i++) {
                assertThat(post(instance, key).status()).isEqualTo(201);
            }
            link.leadTo(this.pooler.through(this.direct));
            link.cut();
            link.repair();
            for (int i = 0; i < 50; i++) {
                assertThat(Api.patiently(() -> post(instance, key)).status()).isEqualTo(201);
            }
            await().until(() -> Metrics.of(instance.api()).value("database_pooled") == 1);
        }
    }

    /** Neither refused nor found out by its settings, for the role has them. */
    @Test
    void aPoolerThatForgetsStatementsIsFoundByWhatFails() {
        JdbcClient jdbc = PostgresServer.client(this.direct);
        String role = "r_" + this.direct.substring(this.direct.lastIndexOf('/') + 1);
        jdbc.sql("create role " + role + " superuser login password 'p'").update();
        settings().forEach((name, value) -> jdbc.sql("alter role " + role + " set " + name + " = " + value).update());
        String url = this.direct.replaceFirst("//[^@]*@", "//" + role + ":p@");
        try (Pooler silent = Pooler.before(url, "default_pool_size = 3",
                "ignore_startup_parameters = options,extra_float_digits");
                Instance instance = Instance.start(silent.through(url), Map.of())) {
            String key = instance.api().newKey();
            Set<String> accepted = ConcurrentHashMap.newKeySet();
            await().until(() -> {
                Concurrently.call(16, (i) -> {
                    Reply reply = post(instance, key);
                    assertThat(reply.status()).isIn(201, 503);
                    if (reply.status() == 201) {
                        accepted.add(reply.text("id"));
                    }
                    else {
                        assertThat(reply.header("Retry-After")).isNotNull();
                    }
                    return i;
                });
                return Metrics.of(instance.api()).value("database_pooled") == 1;
            });
            await().until(() -> IntStream.range(0, 20).allMatch((i) -> post(instance, key).status() == 201));
            assertThat(jdbc.sql("select id::text from events").query(String.class).set()).containsAll(accepted);
        }
    }

    private static Map<String, String> settings() {
        return Map.of("plan_cache_mode", "force_generic_plan", "enable_seqscan", "off", "enable_hashjoin", "off",
                "enable_mergejoin", "off", "enable_bitmapscan", "off", "jit", "off", "max_parallel_workers_per_gather",
                "0");
    }

    @Test
    void aForgottenStatementIsASignOfAPooler() {
        Sessions sessions = sessions(this.direct);
        assertThat(sessions.isSpoilt(new SQLException("duplicate key", "23505"))).isFalse();
        assertThat(sessions.pooled()).isFalse();
        assertThat(sessions.isSpoilt(new SQLException("prepared statement \"S_1\" does not exist", "26000"))).isTrue();
        assertThat(sessions.pooled()).isTrue();
    }

    /** A provider may find the database by them. */
    @Test
    void optionsOfTheUrlGoAlongWhereOnlyTheServicesOwnAreRefused() throws SQLException {
        try (DatabaseLink picky = new DatabaseLink(this.direct)) {
            picky.refuse("-c plan_cache_mode=");
            Sessions sessions = sessions(picky.url() + "?options=-c%20work_mem%3D3MB");
            assertThat(workMemory(sessions.getConnection())).isEqualTo("3MB");
            assertThat(sessions.pooled()).isTrue();
            assertThat(workMemory(sessions.getConnection())).isEqualTo("3MB");
            assertThat(workMemory(sessions.openPatient())).isEqualTo("3MB");
        }
        Sessions sessions = sessions(this.pooler.through(this.direct) + "?options=-c%20work_mem%3D3MB");
        assertThat(workMemory(sessions.getConnection())).isEqualTo("4MB");
        assertThat(workMemory(sessions.openPatient())).isEqualTo("4MB");
    }

    private static String workMemory(Connection session) throws SQLException {
        try (session; ResultSet row = session.createStatement().executeQuery("show work_mem")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    @Test
    void aThresholdInTheUrlOverrides() throws SQLException {
        Sessions sessions = sessions(this.pooler.through(this.direct) + "?prepareThreshold=7");
        try (var session = sessions.getConnection()) {
            assertThat(session.unwrap(org.postgresql.PGConnection.class).getPrepareThreshold()).isEqualTo(7);
        }
        assertThat(sessions.pooled()).isTrue();
    }

    @Test
    @EnabledIf(value = "dev.triggers.support.Pooler#keepsStatements",
            disabledReason = "PgBouncer keeps prepared statements from 1.21 on")
    void aPoolerThatKeepsStatementsIsBelievedTo() {
        try (Pooler keeping = Pooler.before(this.direct, "default_pool_size = 3", "max_prepared_statements = 200");
                Instance instance = Instance.start(keeping.through(this.direct) + "?prepareThreshold=1", Map.of())) {
            String key = instance.api().newKey();
            for (int i = 0; i < 20; i++) {
                assertThat(Concurrently.call(16, (n) -> post(instance, key).status())).containsOnly(201);
            }
            assertThat(instance.bean(JdbcClient.class)
                .sql("select count(*) from pg_prepared_statements where statement like '%insert into events%'")
                .query(Integer.class)
                .single()).isPositive();
        }
    }

    @Test
    void anAddressOfTheServerIsListenedTo() {
        try (Instance instance = Instance.start(this.pooler.through(this.direct),
                Map.of("DATABASE_LISTEN_URL", this.direct))) {
            await().until(() -> Metrics.of(instance.api()).value("database_listening") == 1);
            assertThat(Metrics.of(instance.api()).value("database_pooled")).isEqualTo(1);
        }
    }

    @Test
    void aLongPollSeesWhatAnotherInstanceTook() {
        try (Instance one = Instance.start(this.pooler.through(this.direct), Map.of());
                Instance other = Instance.start(this.pooler.through(this.direct), Map.of())) {
            String key = one.api().newKey();
            AtomicReference<Reply> heard = new AtomicReference<>();
            Thread poll = Thread.startVirtualThread(() -> heard.set(one.api().get("/api/inbox?wait=30", key)));
            await().until(() -> Metrics.of(one.api()).value("triggers_inbox_waiting") == 1);
            String id = other.api().postEvent(key, "a", "1");
            // Long before its end
            await().atMost(Duration.ofSeconds(20)).until(() -> !poll.isAlive());
            assertThat(heard.get().at("events").get(0).get("id").stringValue()).isEqualTo(id);
        }
    }

    @Test
    void aStreamTellsOfWhatAnotherInstanceDid() {
        try (Instance one = Instance.start(this.pooler.through(this.direct),
                Map.of("DISABLE_WEBHOOK_DELIVERY", "true"));
                Instance other = Instance.start(this.pooler.through(this.direct), Map.of());
                Receiver receiver = new Receiver()) {
            Customer here = new Customer(one.api());
            Customer there = here.at(other.api());
            try (StreamClient stream = StreamClient.open(one.api(), here.key(), "")) {
                String endpoint = there.register(receiver);
                assertThat(stream.await("endpoint.changed").text("endpoint_id")).isEqualTo(endpoint);
                // Who listens is known there a second after it
                await().until(() -> {
                    there.acknowledge(there.event("a"));
                    return !stream.messages("event.acknowledged").isEmpty();
                });
                String id = there.event("b");
                stream.await(
                        (message) -> message.kind().equals("attempt.finished") && message.text("event_id").equals(id));
            }
        }
    }

    @Test
    void throughThePoolerNothingIsBelievedToBeHeard(CapturedOutput output) {
        try (Instance one = Instance.start(this.pooler.through(this.direct), Map.of());
                Instance other = Instance.start(this.pooler.through(this.direct), Map.of())) {
            assertThat(output).contains("are looked for once a second; DATABASE_LISTEN_URL may name the server");
            String key = one.api().newKey();
            assertThat(post(other, key).status()).isEqualTo(201);
            assertThat(Metrics.of(one.api()).value("database_listening")).isZero();
            assertThat(one.api().post("/api/keys/rotate", key, "{}").status()).isEqualTo(200);
            await().until(() -> post(other, key).status() == 401);
        }
    }

}
