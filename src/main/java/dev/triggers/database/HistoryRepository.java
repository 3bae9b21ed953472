package dev.triggers.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import dev.triggers.time.UuidV7;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The days of the history: partitions of events, attempts and acknowledgements by the
 * time in the event's identifier.
 */
@Repository
class HistoryRepository {

    private static final List<String> TABLES = List.of("events", "delivery_attempts", "event_acks");

    /** Rows of the hot side that end with their day, removed this many at a time. */
    private static final int STEP = 10_000;

    /**
     * By then a day is over for instances whose clocks are behind, or it is written down.
     */
    private static final Duration LATE = Duration.ofHours(1);

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final JdbcClient jdbc;

    private final JdbcClient upkeep;

    private final JdbcTemplate statements;

    private final Database database;

    HistoryRepository(JdbcClient jdbc, @MaintenanceDataSource DataSource dataSource, Database database) {
        this.jdbc = jdbc;
        this.database = database;
        this.statements = new JdbcTemplate(dataSource);
        this.upkeep = JdbcClient.create(this.statements);
    }

    /**
     * Makes the day, unless it is there; ingest may wait for it, but not for long.
     */
    void createDay(LocalDate day) {
        this.jdbc.sql("select create_history_day(:day)").param("day", day).query((ResultSet row) -> {
        });
    }

    /**
     * The days of which anything is left, oldest first: also those whose removal was cut
     * short.
     */
    List<LocalDate> days() {
        return this.upkeep.sql("""
                select distinct right(relname, 8) from pg_class
                where relkind = 'r' and relnamespace = current_schema()::regnamespace
                  and relname ~ '^(events|delivery_attempts|event_acks)_[0-9]{8}$' order by 1
                """).query(String.class).list().stream().map((day) -> LocalDate.parse(day, DAY)).toList();
    }

    /**
     * Ends the log before the day, for good. A reader who knows of it from before, and is
     * not past all that was stored in the days that went, may have missed something.
     */
    void endLogBefore(LocalDate day) {
        this.upkeep.sql("""
                update log_state set first_day = :day, floor = greatest(floor,
                  (select max(position) from log_late where day <= :day),
                  coalesce((select position from log_marks where at >= :over order by at limit 1),
                    (generation::bigint << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint))
                where one and (first_day is null or first_day < :day)
                """).param("day", day).param("over", day.atStartOfDay().plus(LATE).atOffset(ZoneOffset.UTC)).update();
        this.upkeep.sql("delete from log_late where day < :day").param("day", day).update();
        // What a time before the first day asks for begins with what is kept
        this.upkeep.sql("delete from log_marks where at < :day")
            .param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC))
            .update();
    }

    /**
     * Whether a delivery of the day's events is being retried, scheduled or behind
     * others, or may yet come with an organization.
     */
    boolean hasOpenDeliveries(LocalDate day) {
        return this.upkeep.sql("""
                select exists (select from event_deliveries where event_id >= :from and event_id < :to
                  and endpoint_id <> '00000000-0000-0000-0000-000000000000')
                  or exists (select from arrivals where completed_at is null)
                """).param("from", first(day)).param("to", first(day.plusDays(1))).query(Boolean.class).single();
    }

    /**
     * Drops the day with all that still refers to its events.
     * @return the open deliveries that ended with it; an event that waited for a webhook
     * has none
     */
    int drop(LocalDate day) {
        int expired = removeDeliveries(day);
        removeDeadLetters(day);
        removeLeases(day);
        removeNotes(day);
        removeReplays(day);
        for (String table : TABLES) {
            this.statements.execute((Connection connection) -> {
                drop(connection, table, table + "_" + day.format(DAY));
                return null;
            });
        }
        return expired;
    }

    private void drop(Connection connection, String table, String partition) throws SQLException {
        boolean pooled = this.database.pooled();
        // A setting of a pooler's session would be left to others
        connection.setAutoCommit(!pooled);
        try (Statement statement = connection.createStatement()) {
            // Rather try again in an hour than keep ingest waiting behind a waiting lock.
            statement.execute(pooled ? "set local lock_timeout = '2s'" : "set lock_timeout = '2s'");
            try (ResultSet attached = statement.executeQuery(
                    "select inhdetachpending from pg_inherits where inhrelid = to_regclass('" + partition + "')")) {
                if (attached.next()) {
                    String how = attached.getBoolean(1) ? " finalize" : (pooled ? "" : " concurrently");
                    statement.execute("alter table " + table + " detach partition " + partition + how);
                }
            }
            statement.execute("drop table if exists " + partition);
        }
        if (pooled) {
            connection.commit();
        }
    }

    private int removeDeliveries(LocalDate day) {
        int expired = 0;
        Removed removed;
        do {
            removed = this.upkeep.sql("""
                    with gone as (
                      delete from event_deliveries where ctid = any (array(select ctid from event_deliveries
                        where event_id >= :from and event_id < :to limit :step))
                      returning endpoint_id)
                    select count(*) as all_rows,
                      count(*) filter (where endpoint_id <> '00000000-0000-0000-0000-000000000000') as open_rows
                    from gone
                    """)
                .param("from", first(day))
                .param("to", first(day.plusDays(1)))
                .param("step", STEP)
                .query((row, number) -> new Removed(row.getInt("all_rows"), row.getInt("open_rows")))
                .single();
            expired += removed.open();
        }
        while (removed.all() == STEP);
        return expired;
    }

    private void removeDeadLetters(LocalDate day) {
        int removed;
        do {
            removed = this.upkeep.sql("""
                    delete from dead_letters where ctid = any (array(select ctid from dead_letters
                      where event_id >= :from and event_id < :to limit :step))
                    """).param("from", first(day)).param("to", first(day.plusDays(1))).param("step", STEP).update();
        }
        while (removed == STEP);
    }

    /** A lease is no younger than its events, but for what their clocks differ. */
    private void removeLeases(LocalDate day) {
        int removed;
        do {
            removed = this.upkeep.sql("""
                    delete from leased_events where ctid = any (array(select ctid from leased_events
                      where event_id >= :from and event_id < :to limit :step))
                    """).param("from", first(day)).param("to", first(day.plusDays(1))).param("step", STEP).update();
        }
        while (removed == STEP);
        this.upkeep.sql("""
                delete from inbox_leases l where leased_until < now() and id < :to and not exists (
                  select from leased_events e where e.organization_id = l.organization_id and e.lease_id = l.id)
                """).param("to", first(day.plusDays(1))).update();
    }

    private void removeNotes(LocalDate day) {
        int removed;
        do {
            removed = this.upkeep.sql("""
                    delete from redeliveries where ctid = any (array(select ctid from redeliveries
                      where event_id >= :from and event_id < :to limit :step))
                    """).param("from", first(day)).param("to", first(day.plusDays(1))).param("step", STEP).update();
        }
        while (removed == STEP);
        do {
            removed = this.upkeep.sql("""
                    delete from circuit_changes where ctid = any (array(select ctid from circuit_changes
                      where at < :end limit :step))
                    """)
                .param("end", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toOffsetDateTime())
                .param("step", STEP)
                .update();
        }
        while (removed == STEP);
    }

    /**
     * Removes endpoints that were deleted before a day, when nothing of the history is
     * older.
     */
    void removeEndpointsBefore(LocalDate day) {
        int removed;
        do {
            removed = this.upkeep.sql("""
                    with gone as (select id from endpoints where deleted_at < :day and not settling limit :step),
                      revisions as (delete from endpoint_revisions where endpoint_id in (select id from gone)),
                      health as (delete from endpoint_health where endpoint_id in (select id from gone))
                    delete from endpoints where id in (select id from gone)
                    """).param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC)).param("step", STEP).update();
        }
        while (removed == STEP);
    }

    private void removeReplays(LocalDate day) {
        this.upkeep.sql("delete from replays where finished_at is not null and id < :to")
            .param("to", first(day.plusDays(1)))
            .update();
    }

    private static UUID first(LocalDate day) {
        return UuidV7.floor(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private record Removed(int all, int open) {

    }

}
