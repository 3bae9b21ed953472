package dev.triggers.move;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.triggers.database.MaintenanceDataSource;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a cell does with the rows of an organization that comes to it.
 */
@Repository
class ArrivalRepository {

    private static final Map<MovedTable, String> CONFLICTS = conflicts();

    private static final int REMOVED_AT_ONCE = 10_000;

    private final JdbcClient jdbc;

    /** Without a time limit but that of the statement: histories are counted. */
    private final JdbcClient patient;

    private final TransactionTemplate counting;

    private final Notifications notifications;

    ArrivalRepository(JdbcClient jdbc, @MaintenanceDataSource DataSource dataSource, Notifications notifications) {
        this.jdbc = jdbc;
        this.patient = JdbcClient.create(dataSource);
        this.counting = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.notifications = notifications;
    }

    /** What becomes of a row that is there already; of all others it stays as it is. */
    private static Map<MovedTable, String> conflicts() {
        Map<MovedTable, String> conflicts = new HashMap<>();
        conflicts.put(MovedTable.DEDUPLICATION_CACHE, """
                (organization_id, dedup_id) do update set event_id = excluded.event_id, expires_at = excluded.expires_at
                where excluded.expires_at > c.expires_at""");
        conflicts.put(MovedTable.RATE_LIMIT_BUCKETS,
                "(id) do update set state = excluded.state, expires_at = excluded.expires_at");
        conflicts.put(MovedTable.EVENT_TYPES,
                """
                        (organization_id, type, day) do update set events = c.events + excluded.events,
                            first_at = least(c.first_at, excluded.first_at), last_at = greatest(c.last_at, excluded.last_at)""");
        conflicts.put(MovedTable.ORGANIZATION_STATISTICS,
                "(organization_id, span, start) do update set " + List
                    .of("accepted", "delivered", "failed", "exhausted", "duplicates", "rejected", "bytes", "reads")
                    .stream()
                    .map((count) -> count + " = c." + count + " + excluded." + count)
                    .collect(Collectors.joining(", ")));
        conflicts.put(MovedTable.ENDPOINT_STATISTICS,
                """
                        (endpoint_id, span, start, outcome) do update set attempts = c.attempts + excluded.attempts,
                            exhausted = c.exhausted + excluded.exhausted, durations = add_bins(c.durations, excluded.durations),
                            last_at = greatest(c.last_at, excluded.last_at),
                            last_event_id = case when excluded.last_at > c.last_at then excluded.last_event_id else c.last_event_id end,
                            last_number = case when excluded.last_at > c.last_at then excluded.last_number else c.last_number end""");
        return Map.copyOf(conflicts);
    }

    /** Lets what arrives of an organization be taken by one at a time. */
    Optional<Arrival> lock(UUID organizationId) {
        this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
            .param("name", "arrival " + organizationId)
            .query((row) -> {
            });
        return this.jdbc.sql("select * from arrivals where organization_id = :id")
            .param("id", organizationId)
            .query((row, number) -> new Arrival(row.getObject("move_id", UUID.class),
                    row.getObject("arrived_at") != null, row.getObject("completed_at") != null, row.getInt("fence"),
                    row.getInt("parcels"), row.getInt("turn")))
            .optional();
    }

    /** Whether rows of an organization are being removed here, or have yet to leave. */
    boolean isBusy(UUID organizationId) {
        return this.jdbc.sql("""
                select exists (select from erasures where organization_id = :id)
                    or exists (select from moves where organization_id = :id and finished_at is null)
                """).param("id", organizationId).query(Boolean.class).single();
    }

    /** The cell in which an organization lives of which there are rows here. */
    Optional<String> home(UUID organizationId, String here) {
        return this.jdbc.sql("select coalesce(elsewhere, :here) from organizations where id = :id")
            .param("id", organizationId)
            .param("here", here)
            .query(String.class)
            .optional();
    }

    /**
     * Makes room for an organization. It lives in the source until all of it is here.
     */
    void insert(UUID organizationId, UUID moveId, String source) {
        this.jdbc.sql("""
                insert into organizations (id, name, tier, created_at, updated_at, elsewhere)
                values (:id, 'On its way', 'free', now(), now(), :source)
                """).param("id", organizationId).param("source", source).update();
        this.jdbc.sql("""
                insert into arrivals (organization_id, move_id, source) values (:id, :move, :source)
                on conflict (organization_id) do update set move_id = excluded.move_id, source = excluded.source,
                    begun_at = now(), arrived_at = null, completed_at = null, fence = 0, parcels = 0, turn = 0
                """).param("id", organizationId).param("move", moveId).param("source", source).update();
    }

    /**
     * Notes that an organization does not come after all: what its move still says comes
     * too late.
     */
    void refuse(UUID organizationId, UUID moveId) {
        this.jdbc.sql("""
                insert into arrivals (organization_id, move_id, source, completed_at) values (:id, :move, '', now())
                on conflict (organization_id) do update set move_id = excluded.move_id, completed_at = now()
                """).param("id", organizationId).param("move", moveId).update();
    }

    int generation() {
        return this.jdbc.sql("select generation from log_state where one").query(Integer.class).single();
    }

    /**
     * Has the log go on behind a generation. Positions are told by the generation that a
     * statement sees, so those that store have to have ended first: for a moment nobody
     * stores.
     */
    void raiseGeneration(int least) {
        this.jdbc.sql("select set_config('lock_timeout', '200ms', true)").query(String.class).single();
        this.jdbc.sql("lock table only events in share mode").update();
        this.jdbc.sql("update log_state set generation = :least where one and generation < :least")
            .param("least", least)
            .update();
    }

    /** Events before it are in the log no more. */
    UUID oldest() {
        return this.jdbc
            .sql("""
                    select uuid_floor(coalesce(first_day, '1970-01-01')::timestamp at time zone 'UTC') from log_state where one
                    """)
            .query(UUID.class)
            .single();
    }

    /** Those of the columns that a table does not have. */
    Set<String> unknown(MovedTable table, List<String> columns) {
        Set<String> unknown = new HashSet<>(columns);
        this.jdbc.sql("""
                select attname::text from pg_attribute
                where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                """).param("table", table.sql()).query(String.class).list().forEach(unknown::remove);
        return unknown;
    }

    /**
     * Has rows be all that there are of some events.
     */
    void replace(UUID organizationId, MovedTable table, List<String> columns, EventRange range, String rows) {
        this.jdbc.sql("delete from " + table.sql() + """
                 where organization_id = :id and event_id >= :first
                    and event_id < coalesce(cast(:until as uuid), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                """).param("id", organizationId).param("first", range.first()).param("until", range.until()).update();
        store(table, columns, rows, false);
    }

    /**
     * Stores rows.
     * @param columns those that the source has
     * @param rows a JSON array of them
     * @param arrived whether the organization lives here already
     */
    void store(MovedTable table, List<String> columns, String rows, boolean arrived) {
        prepare(table, rows);
        String names = columns.stream().map(RowStatements::quoted).collect(Collectors.joining(", "));
        String values = columns.stream()
            .map((column) -> "t." + RowStatements.quoted(column))
            .collect(Collectors.joining(", "));
        this.jdbc.sql("""
                insert into %1$s as c (%2$s%3$s)
                select %4$s%5$s from json_array_elements(cast(:rows as json)) r (line)
                cross join lateral json_populate_record(cast(null as %1$s), r.line) t %6$s
                %8$s
                on conflict %7$s
                """.formatted(table.sql(), names, own(table, ", sender", ", resting"), values,
                own(table, ", s.id", ", true"), (table != MovedTable.DELIVERY_ATTEMPTS) ? "" : """
                        left join senders s on s.user_agent = r.line ->> 'sender_agent'
                            and s.body_aliases = cast(r.line ->> 'sender_aliases' as boolean)""",
                (table == MovedTable.ORGANIZATIONS) ? "(id) do update set " + replaced(columns)
                        : CONFLICTS.getOrDefault(table, "do nothing"),
                // One that was under way behind the fence is made again, under its number
                (table != MovedTable.DELIVERY_ATTEMPTS || !arrived) ? ""
                        : """
                                where not exists (select from event_deliveries d where d.organization_id = t.organization_id
                                    and d.event_id = t.event_id and d.endpoint_id = t.endpoint_id and d.attempts < t.number)"""))
            .param("rows", rows)
            .update();
    }

    private static String own(MovedTable table, String ofAttempts, String ofEndpoints) {
        return switch (table) {
            case DELIVERY_ATTEMPTS -> ofAttempts;
            case ENDPOINTS -> ofEndpoints;
            default -> "";
        };
    }

    private static String replaced(List<String> columns) {
        return columns.stream()
            .filter((column) -> !column.equals("id"))
            .map((column) -> RowStatements.quoted(column) + " = excluded." + RowStatements.quoted(column))
            .collect(Collectors.joining(", "));
    }

    /** Makes what rows refer to. */
    private void prepare(MovedTable table, String rows) {
        switch (table) {
            // Readers who are before them look into all days
            case EVENTS -> this.jdbc
                .sql("""
                        with come as (
                            select (r.line ->> 'organization_id')::uuid as organization_id,
                                ((to_timestamp(('x' || left(replace(r.line ->> 'id', '-', ''), 12))::bit(48)::bigint / 1000.0))
                                    at time zone 'UTC')::date as day,
                                min((r.line ->> 'position')::bigint) as lowest, max((r.line ->> 'position')::bigint) as highest
                            from json_array_elements(cast(:rows as json)) r (line) group by 1, 2),
                        late as (
                            insert into log_late as l (day, position)
                            select (now() at time zone 'UTC')::date, max(highest) from come having count(*) > 0
                            on conflict (day) do update set position = greatest(l.position, excluded.position))
                        insert into arrived_positions as a (organization_id, day, lowest, highest) select * from come
                        on conflict (organization_id, day) do update set lowest = least(a.lowest, excluded.lowest),
                            highest = greatest(a.highest, excluded.highest)
                        """)
                .param("rows", rows)
                .update();
            case DELIVERY_ATTEMPTS -> this.jdbc.sql("""
                    insert into senders (user_agent, body_aliases)
                    select distinct r.line ->> 'sender_agent', cast(r.line ->> 'sender_aliases' as boolean)
                    from json_array_elements(cast(:rows as json)) r (line)
                    where r.line ->> 'sender_agent' is not null and not exists (
                        select from senders s where s.user_agent = r.line ->> 'sender_agent'
                            and s.body_aliases = cast(r.line ->> 'sender_aliases' as boolean))
                    on conflict do nothing
                    """).param("rows", rows).update();
            case AUDIT -> this.jdbc
                .sql("""
                        select create_audit_month(month) from (
                            select distinct date_trunc('month', (r.line ->> 'at')::timestamptz at time zone 'UTC')::date as month
                            from json_array_elements(cast(:rows as json)) r (line)) m
                        where to_regclass('audit_' || to_char(month, 'YYYYMM')) is null
                        """)
                .param("rows", rows)
                .query((row) -> {
                });
            default -> {
            }
        }
    }

    /**
     * Removes some of what parcels of a fence brought that was taken down again.
     * @return whether that was all
     */
    boolean removeState(UUID organizationId) {
        for (MovedTable table : MovedTable.of(MovedTable.Kind.STATE).reversed()) {
            if (table != MovedTable.ORGANIZATIONS) {
                int removed = this.jdbc.sql(
                        "delete from %1$s where ctid = any (array(select ctid from %1$s t where %2$s and %3$s limit :most))"
                            .formatted(table.sql(), table.condition(),
                                    table.owner().equals(MovedTable.ENDPOINT)
                                            ? "t.endpoint_id in (select id from endpoints where organization_id = :id)"
                                            : "t." + table.owner() + " = :id"))
                    .param("id", organizationId)
                    .param("most", REMOVED_AT_ONCE)
                    .update();
                if (removed == REMOVED_AT_ONCE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Begins to take parcels of a fence. */
    void beginFence(UUID organizationId, int fence) {
        this.jdbc.sql("update arrivals set fence = :fence, parcels = 0 where organization_id = :id")
            .param("fence", fence)
            .param("id", organizationId)
            .update();
    }

    /**
     * Notes that a process of the source copies: what an earlier one packed comes too
     * late.
     */
    void beginTurn(UUID organizationId, int turn) {
        this.jdbc.sql("update arrivals set turn = :turn, parcels = -1 where organization_id = :id")
            .param("turn", turn)
            .param("id", organizationId)
            .update();
    }

    void countParcel(UUID organizationId) {
        this.jdbc.sql("update arrivals set parcels = parcels + 1 where organization_id = :id")
            .param("id", organizationId)
            .update();
    }

    /** Whether what came along is before all positions that are given out here. */
    boolean isBelow(UUID organizationId) {
        return this.jdbc.sql("""
                select coalesce((select max(highest) from arrived_positions where organization_id = :id), 0)
                    < (select generation::bigint << 48 from log_state where one)
                """).param("id", organizationId).query(Boolean.class).single();
    }

    /**
     * Lets the organization live here.
     * @param floor a cursor of another cell before it may have missed events
     * @return false if there is none
     */
    boolean settle(UUID organizationId, long floor) {
        this.jdbc.sql("update arrivals set arrived_at = now(), parcels = 0 where organization_id = :id")
            .param("id", organizationId)
            .update();
        int settled = this.jdbc.sql("""
                update organizations set elsewhere = null, arrived_at = now(), log_floor = :floor,
                    log_generation = (select generation from log_state where one)
                where id = :id and elsewhere is not null
                """).param("id", organizationId).param("floor", floor).update();
        this.jdbc.sql("delete from fences where organization_id = :id").param("id", organizationId).update();
        this.jdbc.sql("""
                delete from moved_tokens where token in (
                    select key_id from api_keys where organization_id = :id
                    union all
                    select session_id from portal_sessions where organization_id = :id and session_id is not null
                    union all
                    select encode(link_hash, 'hex') from portal_sessions where organization_id = :id)
                """).param("id", organizationId).update();
        List<UUID> endpoints = this.jdbc.sql("""
                update endpoints p set resting = o.suspended_at is not null, settling = true from organizations o
                where p.organization_id = :id and p.deleted_at is null and o.id = p.organization_id returning p.id
                """).param("id", organizationId).query((row, number) -> row.getObject("id", UUID.class)).list();
        this.notifications.send("organization", organizationId.toString());
        endpoints.forEach((endpoint) -> {
            this.notifications.send("endpoint", endpoint.toString());
            this.notifications.send("work", endpoint.toString());
        });
        return settled == 1;
    }

    /** Nothing more will come of it. */
    void complete(UUID organizationId) {
        this.jdbc.sql("update arrivals set completed_at = now() where organization_id = :id")
            .param("id", organizationId)
            .update();
    }

    /**
     * Ends deliveries that an attempt made which was under way in the other cell.
     * @param rows attempts, a JSON array
     */
    void endDelivered(String rows) {
        this.jdbc
            .sql("""
                    delete from event_deliveries d using (
                        select (r.line ->> 'organization_id')::uuid as organization_id, (r.line ->> 'event_id')::uuid as event_id,
                            (r.line ->> 'endpoint_id')::uuid as endpoint_id, (r.line ->> 'number')::int as number
                        from json_array_elements(cast(:rows as json)) r (line) where r.line ->> 'outcome' = 'd') a
                    where d.organization_id = a.organization_id and d.event_id = a.event_id and d.endpoint_id = a.endpoint_id
                        and d.attempts = a.number - 1
                    """)
            .param("rows", rows)
            .update();
    }

    /**
     * How many rows of the history there are.
     * @param below events that were stored here have positions behind it
     */
    DepartureRepository.Counts counts(UUID organizationId, UUID oldest, long below) {
        DepartureRepository.Counts counts = this.counting.execute((status) -> {
            // Who asked has given up by then, and asks again
            this.patient.sql("select set_config('statement_timeout', '115s', true)").query((row) -> {
            });
            return countsOf(organizationId, oldest, below);
        });
        return Objects.requireNonNull(counts);
    }

    private DepartureRepository.Counts countsOf(UUID organizationId, UUID oldest, long below) {
        return this.patient
            .sql("""
                    select (select count(*) from events where organization_id = :id and id >= :oldest and position < :below) as events,
                        (select count(*) from delivery_attempts where organization_id = :id and event_id >= :oldest) as attempts,
                        (select count(*) from event_acks where organization_id = :id and event_id >= :oldest) as acks
                    """)
            .param("id", organizationId)
            .param("oldest", oldest)
            .param("below", below)
            .query((row, number) -> new DepartureRepository.Counts(row.getLong("events"), row.getLong("attempts"),
                    row.getLong("acks"), below))
            .single();
    }

    /**
     * Notes where tokens are that were made here.
     */
    void noteTokens(List<String> tokens, List<String> expiries, String cell) {
        this.jdbc.sql("""
                insert into moved_tokens (token, cell, expires_at)
                select t.token, :cell, cast(t.expires_at as timestamptz)
                from unnest(cast(:tokens as text[]), cast(:expiries as text[])) t (token, expires_at)
                where not exists (select from api_keys k join organizations o on o.id = k.organization_id
                    where k.key_id = t.token and o.elsewhere is null)
                on conflict (token) do update set cell = excluded.cell, expires_at = excluded.expires_at
                """)
            .param("tokens", tokens.toArray(String[]::new))
            .param("expiries", expiries.toArray(String[]::new))
            .param("cell", cell)
            .update();
    }

    /**
     * What has come of an organization.
     *
     * @param moveId the move
     * @param arrived whether all has that it needs, and the organization lives here
     * @param complete whether nothing more will come
     * @param fence the number of the fence whose parcels are taken
     * @param parcels how many of them were; -1: the fence was taken down
     * @param turn the latest of the source's processes that was heard of
     */
    record Arrival(UUID moveId, boolean arrived, boolean complete, int fence, int parcels, int turn) {

        /** Whether it does not come after all. */
        boolean refused() {
            return this.complete && !this.arrived;
        }

        boolean isOf(@Nullable UUID move) {
            return this.moveId.equals(move);
        }

    }

}
