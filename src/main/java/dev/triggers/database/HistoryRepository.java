package dev.triggers.database;

import java.sql.ResultSet;
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

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final JdbcClient jdbc;

    private final JdbcTemplate statements;

    HistoryRepository(@MaintenanceDataSource DataSource dataSource) {
        this.statements = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(this.statements);
    }

    void createDay(LocalDate day) {
        this.jdbc.sql("select create_history_day(:day)").param("day", day).query((ResultSet row) -> {
        });
    }

    /**
     * The days that exist, oldest first.
     */
    List<LocalDate> days() {
        return this.jdbc.sql("""
                select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'events'::regclass order by 1
                """).query(String.class).list().stream().map((day) -> LocalDate.parse(day, DAY)).toList();
    }

    /**
     * Whether a delivery of the day's events is being retried, scheduled or behind
     * others.
     */
    boolean hasOpenDeliveries(LocalDate day) {
        return this.jdbc.sql("""
                select exists (select from event_deliveries where event_id >= :from and event_id < :to
                  and endpoint_id <> '00000000-0000-0000-0000-000000000000')
                """).param("from", first(day)).param("to", first(day.plusDays(1))).query(Boolean.class).single();
    }

    /**
     * Drops the day with all that still refers to its events.
     * @return the open deliveries that ended with it
     */
    int drop(LocalDate day) {
        int expired = removeRows("event_deliveries", day);
        removeRows("dead_letters", day);
        for (String table : TABLES) {
            String partition = table + "_" + day.format(DAY);
            this.statements.execute((java.sql.Connection connection) -> {
                try (java.sql.Statement statement = connection.createStatement()) {
                    // Rather try again in an hour than keep ingest waiting behind a
                    // waiting lock.
                    statement.execute("set lock_timeout = '2s'");
                    statement.execute("alter table " + table + " detach partition " + partition + " concurrently");
                    statement.execute("drop table " + partition);
                    return null;
                }
            });
        }
        return expired;
    }

    private int removeRows(String table, LocalDate day) {
        int total = 0;
        int removed;
        do {
            removed = this.jdbc.sql("delete from " + table + """
                    where ctid = any (array(select ctid from\s""" + table + """
                     where event_id >= :from and event_id < :to limit :step))
                    """).param("from", first(day)).param("to", first(day.plusDays(1))).param("step", STEP).update();
            total += removed;
        }
        while (removed == STEP);
        return total;
    }

    private static UUID first(LocalDate day) {
        return UuidV7.floor(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

}
