package dev.triggers.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What readers of the log rely on beside the events: which positions belong to which
 * time, how far clocks run ahead, and who holds the log back.
 */
@Repository
class LogUpkeepRepository {

    private final JdbcClient jdbc;

    LogUpkeepRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far transactions have come, and when, by the server's clock.
     */
    Sample sample() {
        return this.jdbc.sql("""
                select (generation::bigint << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
                  (generation::bigint << 48) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                  (select xmin::text::bigint from (
                    select backend_xmin as xmin from pg_stat_activity
                    where pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'
                      and (datname = current_database() or backend_type = 'walsender')
                    union all select transaction from pg_prepared_xacts where database = current_database()
                    union all select xmin from pg_replication_slots) held
                    where age(xmin) > 0 order by age(xmin) desc limit 1) as snapshot,
                  clock_timestamp() as at
                from log_state where one
                """).query(LogUpkeepRepository::read).single();
    }

    private static Sample read(ResultSet row, int number) throws SQLException {
        long held = row.getLong("snapshot");
        long snapshot = row.wasNull() ? Sample.NO_SNAPSHOT : held;
        return new Sample(row.getLong("oldest"), row.getLong("next"), snapshot,
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    /**
     * Writes down which position belongs to the present, once a minute, whichever
     * instance comes first.
     */
    void mark() {
        this.jdbc.sql("""
                insert into log_marks (at, position)
                select clock_timestamp(),
                  (generation::bigint << 48) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                from log_state
                where one and timeline = log_timeline()
                  and not exists (select from log_marks where at > now() - interval '55 seconds')
                on conflict do nothing
                """).update();
    }

    /**
     * Writes down that an instance's clock runs ahead of the server's.
     */
    void ahead(Duration ahead) {
        this.jdbc.sql("""
                update log_state set ahead = :millis * interval '1 millisecond'
                where one and ahead < (:millis - 1000) * interval '1 millisecond'
                """).param("millis", ahead.toMillis()).update();
    }

    /**
     * Who has been under way for longest, of all databases of the server, in words; empty
     * if nobody is, or the role may not see it.
     */
    Optional<String> oldestTransaction() {
        return this.jdbc.sql("""
                (select 'pid ' || pid || ' in database ' || datname || ', for '
                    || extract(epoch from clock_timestamp() - xact_start)::int || ' s' as words, age(backend_xid) as age
                  from pg_stat_activity where backend_xid is not null)
                union all
                (select 'prepared transaction ' || gid || ' in database ' || database || ', for '
                    || extract(epoch from clock_timestamp() - prepared)::int || ' s', age(transaction)
                  from pg_prepared_xacts)
                order by age desc limit 1
                """).query((row, number) -> row.getString("words")).optional();
    }

    /**
     * How far transactions had come at a time.
     *
     * @param oldest the position of the oldest that was under way
     * @param next the position of the next to begin
     * @param snapshot the transaction since which somebody may still see rows that are
     * gone, by its id of 32 bits: as it stands there, since what it is reckoned from
     * moves with whoever is under way
     * @param at when, by the server's clock
     */
    record Sample(long oldest, long next, long snapshot, Instant at) {

        static final long NO_SNAPSHOT = -1;

    }

}
