package dev.triggers.fault;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a managed database does to its clients for a while. They hear of it as 503, and it
 * heals by itself.
 */
class HealingTests {

    private final String direct = PostgresServer.newDirectDatabase();

    private final JdbcClient server = PostgresServer.client(this.direct);

    private final String database = this.direct.substring(this.direct.lastIndexOf('/') + 1);

    private final String role = "r_" + this.database;

    private DatabaseLink link;

    private Instance instance;

    private String key;

    @BeforeEach
    void start() {
        execute("create role %s login password 'p'");
        execute("grant all on database " + this.database + " to %s");
        execute("grant all on schema public to %s");
        this.link = new DatabaseLink(this.direct.replaceFirst("//[^@]*@", "//" + this.role + ":p@"));
        this.instance = Instance.start(this.link.url(), Map.of());
        this.key = this.instance.api().newKey("Healing", "enterprise");
        assertThat(post().status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        this.instance.close();
        this.link.close();
    }

    private void execute(String statement) {
        this.server.sql(statement.formatted(this.role)).update();
    }

    private Reply post() {
        return this.instance.api().post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1}");
    }

    private void endSessions() {
        this.server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = :role")
            .param("role", this.role)
            .query((row) -> {
            });
    }

    private void assertUnavailableThenHealed(Runnable heal) {
        await().until(() -> {
            Reply reply = post();
            if (reply.status() == 503) {
                assertThat(reply.header("Retry-After")).isNotNull();
            }
            return assertAccepted(reply) == 503;
        });
        heal.run();
        // Every session is well again, not only one of them
        await().until(() -> java.util.stream.IntStream.range(0, 20).allMatch((i) -> assertAccepted(post()) == 201));
    }

    /** Either there is a promise, and it is kept, or there is none. */
    private int assertAccepted(Reply reply) {
        assertThat(reply.status()).isIn(Set.of(201, 503));
        if (reply.status() == 201) {
            assertThat(this.server.sql("select count(*) from events where id = :id")
                .param("id", UUID.fromString(reply.text("id")))
                .query(Integer.class)
                .single()).isEqualTo(1);
        }
        return reply.status();
    }

    @Test
    void aServerThatIsReadOnlyForAWhile() {
        execute("alter role %s set default_transaction_read_only = on");
        endSessions();
        // Its sessions stay read-only for as long as they last
        assertUnavailableThenHealed(() -> execute("alter role %s reset default_transaction_read_only"));
    }

    @Test
    void aServerThatRestartsAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            this.link.cut();
            assertUnavailableThenHealed(this.link::repair);
            endSessions();
        }
    }

    @Test
    void noConnectionIsLeft() {
        execute("alter role %s connection limit 0");
        endSessions();
        assertUnavailableThenHealed(() -> execute("alter role %s connection limit -1"));
    }

    @Test
    void sessionsThatEndWhenTheyAreIdle() {
        execute("alter role %s set idle_session_timeout = '300ms'");
        endSessions();
        for (int i = 0; i < 5; i++) {
            Set<Integer> before = sessions();
            await().until(() -> Collections.disjoint(sessions(), before));
            await().until(() -> assertAccepted(post()) == 201);
        }
    }

    private Set<Integer> sessions() {
        return this.server.sql("select pid from pg_stat_activity where usename = :role")
            .param("role", this.role)
            .query(Integer.class)
            .set();
    }

    @Test
    void aPasswordThatWasChanged() {
        String rules = this.server.sql("select pg_read_file(current_setting('hba_file'))").query(String.class).single();
        rules("host " + this.database + " " + this.role + " all scram-sha-256\n" + rules);
        try {
            execute("alter role %s password 'another'");
            await().until(this::isRefused);
            endSessions();
            assertUnavailableThenHealed(() -> execute("alter role %s password 'p'"));
        }
        finally {
            rules(rules);
        }
    }

    private boolean isRefused() {
        try {
            PostgresServer.client(this.link.url()).sql("select 1").query(Integer.class).single();
            return false;
        }
        catch (DataAccessException ex) {
            return true;
        }
    }

    /** Who has to show a password. */
    private void rules(String rules) {
        long object = this.server.sql("select lo_from_bytea(0, :rules)")
            .param("rules", rules.getBytes(StandardCharsets.UTF_8))
            .query(Long.class)
            .single();
        this.server.sql("""
                select lo_export(:object::oid, current_setting('hba_file')), lo_unlink(:object::oid), pg_reload_conf()
                """).param("object", object).query((row) -> {
        });
    }

    @Test
    void aRoleThatMayNotConnectForAWhile() {
        execute("alter role %s nologin");
        endSessions();
        assertUnavailableThenHealed(() -> execute("alter role %s login"));
    }

}
