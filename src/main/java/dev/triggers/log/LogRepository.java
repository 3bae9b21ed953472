package dev.triggers.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the log. Its order is that of the transactions that stored the events, and it is
 * read up to the oldest one that is still under way: so nothing is ever added before what
 * was read. All that a transaction stored for an organization has one entry in the index,
 * at its first event; the others lie between that and the last one.
 *
 * <p>
 * The statements have no {@code order by} behind their joins: a nested loop, the only
 * join that the connections allow, keeps the order of its outer side, and a sort would
 * read all of a history before the first row. What came out of order would be noticed
 * here.
 */
@Repository
public class LogRepository {

    private static final String STATE = """
            select s.generation, s.floor, coalesce((select max(position) from log_late), 0) as late,
              (s.generation::bigint << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
              (s.generation::bigint << 48) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint as newest,
              coalesce(s.first_day, '1970-01-01') - date '1970-01-01' as first_day,
              uuid_floor(coalesce(s.first_day, '1970-01-01')::timestamp at time zone 'UTC') as first_id
            from log_state s where s.one""";

    private static final String ROWS = """
            select l.position, e.id, e.type from
              (select position, id, last_id from events
               where organization_id = {organization} and position >= {position} and last_id is not null
                 and position < (select horizon from state) and id >= :low and id >= (select first_id from state)
               order by position) l
              cross join lateral (
               select id, type from events
               where organization_id = {organization} and id >= l.id and id <= l.last_id and position = l.position
               order by id) e
            where (l.position > {position} or e.id > {event})""";

    private static final String PAGE = """
            with state as materialized (
            {state}),
            matched as materialized (
            {rows} limit :wanted)
            select s.*, null::bigint as edge_position, null::uuid as edge_id, m.*
            from state s left join matched m on true
            """;

    private static final String FILTERED_PAGE = """
            with state as materialized (
            {state}),
            matched as materialized (
              select * from ({rows} limit :look) looked
              where (:type_low::text is null or (type collate "C" >= :type_low and type collate "C" < :type_high))
                and (:patterns::text[] is null or type like any (:patterns)) limit :wanted)
            select s.*, edge.position as edge_position, edge.id as edge_id, m.*
            from state s cross join (select count(*) as matched from matched) counted
            left join lateral (
              select position, id from ({rows} limit :look) looked where counted.matched < :wanted
              offset :look - 1 limit 1) edge on true
            left join matched m on true
            """;

    private static final String TAILS = """
            with state as materialized (
            {state})
            select s.*, t.*
            from state s left join (
              select r.organization_id, t.position, t.id, t.type
              from unnest(:organizations::uuid[], :positions::bigint[], :events::uuid[])
                r (organization_id, position, event)
              cross join lateral ({rows} limit :limit) t) t on true
            """;

    private static final String ONE = PAGE.replace("{state}", STATE)
        .replace("{rows}", rows(":organization", ":position", ":event"));

    private static final String ONE_FILTERED = FILTERED_PAGE.replace("{state}", STATE)
        .replace("{rows}", rows(":organization", ":position", ":event"));

    private static final String SEVERAL = TAILS.replace("{state}", STATE)
        .replace("{rows}", rows("r.organization_id", "r.position", "r.event"));

    private static final UUID ANY_DAY = new UUID(0, 0);

    private final JdbcClient jdbc;

    private final LogMarks marks;

    LogRepository(JdbcClient jdbc, LogMarks marks) {
        this.jdbc = jdbc;
        this.marks = marks;
    }

    private static String rows(String organization, String position, String event) {
        return ROWS.replace("{organization}", organization).replace("{position}", position).replace("{event}", event);
    }

    LogState state() {
        return this.jdbc.sql(STATE).query((row, number) -> state(row)).single();
    }

    /**
     * The entries behind the query's cursor.
     */
    LogSlice page(LogQuery query) {
        UUID low = this.marks.lowestAt(query.cursor().position().position());
        LogSlice slice = page(query, low);
        // What was added late to a day that was left out is there too
        boolean missed = !low.equals(ANY_DAY) && slice.state().late() >= query.cursor().position().position();
        return missed ? page(query, ANY_DAY) : slice;
    }

    private LogSlice page(LogQuery query, UUID low) {
        LogPosition after = query.cursor().position();
        JdbcClient.StatementSpec statement = this.jdbc.sql(query.isWhole() ? ONE : ONE_FILTERED)
            .param("organization", query.organizationId())
            .param("position", after.position())
            .param("event", after.eventId())
            .param("low", low)
            .param("wanted", query.wanted());
        if (!query.isWhole()) {
            TypeFilter type = query.type();
            statement = statement.param("look", LogQuery.LOOK)
                .param("type_low", (type != null) ? type.low() : null)
                .param("type_high", (type != null) ? type.high() : null)
                .param("patterns", query.allowed().patterns());
        }
        return statement.query((ResultSetExtractor<LogSlice>) (rows) -> slice(query.cursor(), rows));
    }

    private static LogSlice slice(LogCursor from, ResultSet rows) throws SQLException {
        List<LogEntry> entries = new ArrayList<>();
        LogState state = null;
        LogPosition edge = null;
        LogPosition last = from.position();
        while (rows.next()) {
            if (state == null) {
                state = state(rows);
                edge = position(rows, "edge_position", "edge_id");
            }
            LogPosition position = position(rows, "position", "id");
            if (position != null) {
                last = inOrder(last, position);
                entries.add(new LogEntry(from.organizationId(), position, rows.getString("type")));
            }
        }
        if (state == null) {
            throw new IllegalStateException("The log has no state");
        }
        return new LogSlice(from.begun(state), state, entries, edge);
    }

    private static LogPosition inOrder(LogPosition last, LogPosition next) {
        if (next.compareTo(last) <= 0) {
            throw new IllegalStateException("The log was read out of order: " + next + " behind " + last);
        }
        return next;
    }

    /**
     * The entries behind several organizations' positions.
     * @param cursors one an organization
     * @param limit entries of one of them at the most
     */
    public LogTails tails(Collection<LogCursor> cursors, int limit) {
        long lowest = cursors.stream().mapToLong((cursor) -> cursor.position().position()).min().orElse(0);
        UUID low = this.marks.lowestAt(lowest);
        LogTails tails = tails(cursors, limit, low);
        return (!low.equals(ANY_DAY) && tails.late() >= lowest) ? tails(cursors, limit, ANY_DAY) : tails;
    }

    private LogTails tails(Collection<LogCursor> cursors, int limit, UUID low) {
        return this.jdbc.sql(SEVERAL)
            .param("organizations",
                    cursors.stream().map((cursor) -> cursor.organizationId().toString()).toArray(String[]::new))
            .param("positions", cursors.stream().map((cursor) -> cursor.position().position()).toArray(Long[]::new))
            .param("events",
                    cursors.stream().map((cursor) -> cursor.position().eventId().toString()).toArray(String[]::new))
            .param("low", low)
            .param("limit", limit)
            .query((ResultSetExtractor<LogTails>) LogRepository::tails);
    }

    private static LogTails tails(ResultSet rows) throws SQLException {
        List<LogEntry> entries = new ArrayList<>();
        LogState state = null;
        while (rows.next()) {
            if (state == null) {
                state = state(rows);
            }
            LogPosition position = position(rows, "position", "id");
            if (position != null) {
                UUID organizationId = rows.getObject("organization_id", UUID.class);
                LogEntry previous = entries.isEmpty() ? null : entries.getLast();
                if (previous != null && previous.organizationId().equals(organizationId)) {
                    inOrder(previous.position(), position);
                }
                entries.add(new LogEntry(organizationId, position, rows.getString("type")));
            }
        }
        if (state == null) {
            throw new IllegalStateException("The log has no state");
        }
        return new LogTails(entries, state.horizonPosition(), LogPosition.before(state.newest()), state.late());
    }

    /**
     * A position behind which everything comes that was accepted at the time or later, by
     * the clock of whichever instance accepted it. The marks tell nothing of what an
     * organization brought along from another cell: of that whole days come.
     */
    LogPosition at(UUID organizationId, Instant time) {
        return this.jdbc
            .sql("""
                    with wanted as (
                      select :time::timestamptz - (select ahead from log_state where one) - interval '2 seconds' as time)
                    select least(
                      coalesce((select m.position from log_marks m where m.at <= w.time order by m.at desc limit 1), 0),
                      (select min(a.lowest) from arrived_positions a
                       where a.organization_id = :organization and a.day >= (w.time at time zone 'UTC')::date)) from wanted w
                    """)
            .param("organization", organizationId)
            .param("time", time.atOffset(ZoneOffset.UTC))
            .query((row, number) -> LogPosition.before(row.getLong(1)))
            .single();
    }

    /**
     * The position before which a cursor that was given out by another cell may have
     * missed events; empty if the organization was here in its generation.
     */
    OptionalLong floorElsewhere(UUID organizationId, int generation) {
        return this.jdbc.sql("""
                select greatest(coalesce(o.log_floor, 0), coalesce((select max(a.highest) from arrived_positions a
                  where a.organization_id = o.id and a.day < (select first_day from log_state where one)), 0))
                from organizations o where o.id = :organization and o.log_generation > :generation
                """)
            .param("organization", organizationId)
            .param("generation", generation)
            .query((row, number) -> row.getLong(1))
            .optional()
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    }

    /**
     * Whether the organization's event is there, or was dropped with its day.
     */
    boolean remembers(UUID organizationId, UUID eventId) {
        return this.jdbc.sql("""
                select exists (select from events where organization_id = :organization and id = :event)
                  or coalesce((select first_day from log_state where one) > :day::date, false)
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("day", UuidV7.instant(eventId).atOffset(ZoneOffset.UTC).toLocalDate())
            .query(Boolean.class)
            .single();
    }

    private static LogState state(ResultSet row) throws SQLException {
        return new LogState(row.getInt("generation"), row.getLong("floor"), row.getInt("first_day"),
                row.getLong("late"), row.getLong("horizon"), row.getLong("newest"));
    }

    private static @Nullable LogPosition position(ResultSet row, String position, String id) throws SQLException {
        UUID eventId = row.getObject(id, UUID.class);
        return (eventId != null) ? new LogPosition(row.getLong(position), eventId) : null;
    }

}
