package dev.triggers.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.triggers.support.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Instances that look at each other over sessions that a test begins and ends.
 */
class InstancesTests {

    private static final String database = PostgresServer.newDirectDatabase();

    private static final JdbcClient jdbc = PostgresServer.client(database);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Instances one = new Instances(jdbc, this.meters);

    private final Instances other = new Instances(jdbc, new SimpleMeterRegistry());

    @BeforeAll
    static void migrate() {
        Flyway.configure().dataSource(PostgresServer.dataSource(database)).load().migrate();
    }

    @BeforeEach
    void clear() {
        jdbc.sql("delete from instances").update();
        // A server that has just started is trusted later
        await().until(() -> jdbc.sql("select now() > pg_postmaster_start_time() + interval '3 seconds'")
            .query(Boolean.class)
            .single());
    }

    private static Connection session() throws SQLException {
        return PostgresServer.dataSource(database).getConnection();
    }

    private double living() {
        return this.meters.get("triggers.instances").gauge().value();
    }

    @Test
    void eachHasANumberOfItsOwnWhileItsSessionLasts() throws SQLException {
        assertThat(this.one.number()).isEmpty();
        try (Connection first = session(); Connection second = session()) {
            this.one.enter(first);
            this.other.enter(second);
            assertThat(this.one.number()).hasValue(1);
            assertThat(this.other.number()).hasValue(2);
            this.one.look();
            assertThat(living()).isEqualTo(2);
            long now = System.nanoTime();
            assertThat(this.one.holdsSince(now)).isTrue();
            assertThat(this.one.holdsSince(now - 60_000_000_000L)).as("what was leased before it had the number")
                .isFalse();
        }
    }

    @Test
    void whoseSessionHasEndedIsFoundToHaveEnded() throws SQLException {
        try (Connection watching = session()) {
            this.one.enter(watching);
            try (Connection ending = session()) {
                this.other.enter(ending);
            }
            await().until(() -> {
                this.one.look();
                return this.one.takeEnded().contains(2);
            });
            assertThat(this.one.takeEnded()).as("until the next look").isEmpty();
            assertThat(living()).isEqualTo(1);
            // It hears of that, and goes on as another
            try (Connection again = session()) {
                this.other.enter(again);
                assertThat(this.other.number()).hasValue(3);
            }
            jdbc.sql("update instances set ended_at = ended_at - interval '2 seconds' where number = 2").update();
            this.one.forget(2);
            assertThat(numbers()).doesNotContain(2);
        }
    }

    private static List<Integer> numbers() {
        return jdbc.sql("select number from instances order by number").query(Integer.class).list();
    }

    @Test
    void whoLosesItsSessionKeepsItsNumberAlthoughTheServerHasNotMissedIt() throws SQLException {
        try (Connection lost = session(); Connection next = session()) {
            this.one.enter(lost);
            long leased = System.nanoTime();
            this.one.enter(next);
            assertThat(this.one.number()).hasValue(1);
            assertThat(this.one.holdsSince(leased)).isTrue();
            assertThat(lost.isValid(5)).as("ended, or it would hold the lock for good").isFalse();
        }
    }

    @Test
    void whoWasTakenForEndedHoldsNothingOfBefore() throws SQLException {
        try (Connection session = session()) {
            this.one.enter(session);
            long leased = System.nanoTime();
            jdbc.sql("update instances set ended_at = now()").update();
            this.one.look();
            assertThat(this.one.number()).hasValue(2);
            assertThat(this.one.holdsSince(leased)).isFalse();
        }
    }

    @Test
    void whoLeavesHasEndedAtOnce() throws SQLException {
        try (Connection session = session(); Connection leaving = session()) {
            this.one.enter(session);
            this.other.enter(leaving);
            this.other.leave();
            assertThat(this.other.number()).isEqualTo(OptionalInt.empty());
            this.one.look();
            assertThat(this.one.takeEnded()).containsExactly(2);
        }
    }

    @Test
    void behindAPoolerItHoldsNoLock() {
        this.one.beat();
        this.other.beat();
        assertThat(this.one.number()).hasValue(1);
        IntStream.range(0, 3).forEach((i) -> this.one.beat());
        assertThat(this.one.number()).hasValue(1);
        assertThat(living()).isEqualTo(2);
        assertThat(jdbc.sql("select beat from instances where number = 1").query(Long.class).single()).isEqualTo(3);
        assertThat(jdbc.sql("""
                select count(*) from pg_locks where locktype = 'advisory' and objsubid = 2
                  and database = (select oid from pg_database where datname = current_database())
                """).query(Integer.class).single()).isZero();
    }

    @Test
    void numberWhoseLockIsSomebodyElsesIsLeftOut() throws SQLException {
        try (Connection session = session(); Connection foreign = session()) {
            InstanceRepository.over(foreign).lock(1);
            this.one.enter(session);
            assertThat(this.one.number()).hasValue(2);
        }
    }

    @Test
    void whoHasMovedIsNotEnded() throws SQLException {
        try (Connection session = session()) {
            InstanceRepository rows = InstanceRepository.over(session);
            UUID process = new UUID(0, 9);
            rows.add(0, process, false);
            InstanceRow seen = new InstanceRow(1, process, 0, false, true, false);
            try (Connection held = session()) {
                InstanceRepository.over(held).lock(1);
                assertThat(rows.end(seen)).as("its lock is held").isFalse();
            }
            rows.beat(1, process, false);
            assertThat(rows.end(seen)).as("it has moved").isFalse();
            await().until(() -> rows.end(new InstanceRow(1, process, 1, false, true, false)));
        }
    }

}
