package dev.triggers.move;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

import dev.triggers.database.MaintenanceDataSource;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cell does with the rows of an organization that leaves it: reads them, puts up
 * the fence, packs the last of them, lets go.
 */
@Repository
class DepartureRepository {

    private static final int MOST_BYTES = 256 * 1024;

    /** Whatever a client is told to be stored is stored in one of these. */
    private static final String WRITTEN = """
            array['events', 'event_acks', 'inbox_leases', 'log_consumers', 'portal_sessions', 'event_deliveries',
            'replays']""";

    private final JdbcClient jdbc;

    /** Without a time limit but that of each statement: histories are read through. */
    private final JdbcClient patient;

    private final TransactionTemplate moment;

    private final Notifications notifications;

    private final RangeRepository ranges;

    private final JsonMapper json;

    DepartureRepository(JdbcClient jdbc, @MaintenanceDataSource DataSource dataSource, Notifications notifications,
            RangeRepository ranges, JsonMapper json) {
        this.ranges = ranges;
        this.json = json;
        this.patient = JdbcClient.create(dataSource);
        this.moment = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.jdbc = jdbc;
        this.notifications = notifications;
    }

    MoveRepository.Horizon horizon() {
        return this.jdbc.sql("""
                select generation, pg_snapshot_xmin(pg_current_snapshot())::text as horizon from log_state
                where one and timeline = log_timeline()
                """)
            .query((row, number) -> new MoveRepository.Horizon(row.getInt("generation"), row.getString("horizon")))
            .single();
    }

    /** Whether an organization that lives here is being erased. */
    Optional<Boolean> isErasing(UUID organizationId) {
        return this.jdbc.sql("select erasing_at is not null from organizations where id = :id and elsewhere is null")
            .param("id", organizationId)
            .query(Boolean.class)
            .optional();
    }

    /** Whether more may come of an organization that has just moved here. */
    boolean isArriving(UUID organizationId) {
        return this.jdbc
            .sql("select exists (select from arrivals where organization_id = :id and completed_at is null)")
            .param("id", organizationId)
            .query(Boolean.class)
            .single();
    }

    /** The first event that there is of an organization. */
    Optional<UUID> firstEvent(UUID organizationId) {
        return this.jdbc.sql("select id from events where organization_id = :id order by id limit 1")
            .param("id", organizationId)
            .query(UUID.class)
            .optional();
    }

    /** The columns of a table that are taken. */
    List<String> columns(MovedTable table) {
        return this.jdbc.sql("""
                select attname::text from pg_attribute
                where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped order by attnum
                """)
            .param("table", table.sql())
            .query((row, number) -> row.getString(1))
            .list()
            .stream()
            .filter((column) -> !table.leftOut().contains(column))
            .toList();
    }

    /**
     * Some rows, in the order of their keys.
     * @param since only what is not older; null: all
     * @param horizon nothing newer, which belongs to the next pass
     * @param oldest no event before it
     * @param after the key of the row before; null: from the first on
     */
    RowPage page(MovedTable table, UUID organizationId, @Nullable String since, String horizon, UUID oldest,
            @Nullable List<String> after, int most) {
        String key = String.join(", ", table.keyColumns());
        JdbcClient.StatementSpec statement = this.patient
            .sql("""
                    select count(*)::int as rows, coalesce('[' || string_agg(line, ',' order by n) || ']', '[]') as content,
                        (array_agg(key order by n desc))[1] as last
                    from (select n, line, key, sum(octet_length(line)) over (order by n) - octet_length(line) as before from (
                        select row_number() over (order by %s) as n, array_to_json(array[%s])::text as key,
                            %s as line
                        from (select t.* from %s t where %s order by %s limit :most) t) lines) weighed
                    where before < :bytes
                    """
                .formatted(key,
                        table.keyColumns()
                            .stream()
                            .map((column) -> column + "::text")
                            .collect(Collectors.joining(", ")),
                        RowStatements.line(table, columns(table)), table.sql(),
                        RowStatements.rows(table, since, after)
                                + " and not (age(t.xmin) between 0 and age(cast(:horizon as xid8)::xid))",
                        key))
            .param("organization", organizationId)
            .param("horizon", horizon)
            .param("most", most)
            .param("bytes", MOST_BYTES);
        return bind(statement, table, since, oldest, after).query(this::page).single();
    }

    private RowPage page(ResultSet row, int number) throws SQLException {
        String last = row.getString("last");
        return new RowPage(row.getInt("rows"), row.getString("content"),
                (last != null) ? List.of(this.json.readValue(last, String[].class)) : null);
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, MovedTable table,
            @Nullable String since, UUID oldest, @Nullable List<String> after) {
        JdbcClient.StatementSpec bound = statement;
        if (table.event() != null) {
            bound = bound.param("oldest", oldest);
        }
        if (since != null) {
            bound = bound.param("since", since);
        }
        for (int i = 0; after != null && i < after.size(); i++) {
            bound = bound.param("after" + i, after.get(i));
        }
        return bound;
    }

    /**
     * Puts up the fence: what changes the organization by turns has ended or comes too
     * late, and nothing begins to be delivered any more.
     * @return false if the organization is being erased
     */
    @Transactional
    boolean fence(UUID id, UUID worker, UUID organizationId) {
        this.jdbc
            .sql("""
                    select set_config('lock_timeout', '1s', true),
                        pg_advisory_xact_lock(hashtextextended(:lease, 0)), pg_advisory_xact_lock(hashtextextended(:repair, 0))
                    """)
            .param("lease", "lease " + organizationId)
            .param("repair", "repair " + organizationId)
            .query((row) -> {
            });
        boolean lives = this.jdbc
            .sql("select erasing_at is null and elsewhere is null from organizations where id = :id for update")
            .param("id", organizationId)
            .query(Boolean.class)
            .optional()
            .orElse(false);
        if (!lives) {
            return false;
        }
        this.jdbc
            .sql("""
                    select id from endpoints where organization_id = :id and deleted_at is null order by id for no key update
                    """)
            .param("id", organizationId)
            .query((row) -> {
            });
        rest(organizationId, "true").forEach((endpoint) -> this.notifications.send("endpoint", endpoint.toString()));
        this.jdbc.sql("insert into fences (organization_id) values (:id) on conflict do nothing")
            .param("id", organizationId)
            .update();
        changed(this.jdbc.sql("""
                update moves set state = 'fenced', fence = fence + 1, fenced_at = clock_timestamp()
                where id = :id and worker = :worker and state = 'copying'
                """).param("id", id).param("worker", worker).update());
        return true;
    }

    private List<UUID> rest(UUID organizationId, String resting) {
        return this.jdbc.sql("""
                update endpoints p set resting = %1$s
                from organizations o
                where p.organization_id = :id and p.deleted_at is null and o.id = p.organization_id
                    and p.resting <> (%1$s) returning p.id
                """.formatted(resting))
            .param("id", organizationId)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    /**
     * Takes the fence down again.
     */
    @Transactional
    void unfence(UUID id, UUID worker, UUID organizationId) {
        changed(this.jdbc.sql("""
                update moves set state = 'copying' where id = :id and worker = :worker and state = 'fenced'
                """).param("id", id).param("worker", worker).update());
        this.jdbc.sql("delete from fences where organization_id = :id").param("id", organizationId).update();
        this.jdbc.sql("delete from move_parcels where move_id = :id").param("id", id).update();
        rest(organizationId, "o.suspended_at is not null").forEach((endpoint) -> {
            this.notifications.send("endpoint", endpoint.toString());
            this.notifications.send("work", endpoint.toString());
        });
    }

    /**
     * Who writes to what is written to for organizations: those that may have begun
     * before the fence was up are among them.
     */
    List<String> writers() {
        return this.jdbc.sql("""
                select distinct l.virtualtransaction from pg_locks l
                where l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.granted
                    and l.database = (select oid from pg_database where datname = current_database())
                    and l.relation = any (cast(%s as regclass[])) and l.pid <> pg_backend_pid()
                """.formatted(WRITTEN)).query((row, number) -> row.getString(1)).list();
    }

    /**
     * Before which position a cursor of the organization may have missed events, of days
     * that were dropped or are not taken.
     */
    long floor(UUID organizationId, UUID oldest) {
        return this.patient.sql("""
                select greatest(s.floor, coalesce(o.log_floor, 0),
                    coalesce((select max(highest) from arrived_positions a
                        where a.organization_id = o.id and a.day < s.first_day), 0),
                    coalesce((select max(position) from events
                        where organization_id = :id and id < :oldest), 0))
                from log_state s cross join organizations o where s.one and o.id = :id
                """).param("id", organizationId).param("oldest", oldest).query(Long.class).single();
    }

    /** The first event of the organization that is still to be delivered. */
    Optional<UUID> firstOpen(UUID organizationId) {
        return this.patient.sql("""
                select event_id from event_deliveries
                where organization_id = :id and endpoint_id <> '00000000-0000-0000-0000-000000000000'
                order by event_id limit 1
                """).param("id", organizationId).query(UUID.class).optional();
    }

    /** Whether an attempt of the organization's is under way. */
    boolean attempts(UUID organizationId) {
        return this.jdbc.sql("""
                select exists (select from endpoints p cross join lateral (
                    select from event_deliveries d where d.endpoint_id = p.id and d.due_at > now()
                        and d.due_at < now() + interval '5 minutes' and d.leased is not null limit 1) d
                where p.organization_id = :id and p.deleted_at is null)
                """).param("id", organizationId).query(Boolean.class).single();
    }

    /**
     * Packs what is to be sent, as it is at one moment. Of what is only added to, it is
     * what came since the last pass, as far as that is told by an index; the rest of that
     * follows when the organization is in the target.
     * @return how many parcels there are
     * @throws MoveTakenException if another process goes on with the move
     */
    int pack(Departure move, UUID worker, List<MovedTable> tables) {
        Integer parcels = this.moment.execute((status) -> {
            this.patient.sql("select set_config('statement_timeout', '60s', true), set_config('jit', 'off', true)")
                .query((row) -> {
                });
            // Who was taken for dead packs nothing any more
            if (!isHeld(move, worker)) {
                throw new MoveTakenException();
            }
            this.patient.sql("delete from move_parcels where move_id = :id").param("id", move.id()).update();
            int next = 0;
            for (MovedTable table : tables) {
                next += (table.kind() == MovedTable.Kind.RANGES) ? this.ranges.pack(move, table, columns(table), next)
                        : pack(move, table, next);
            }
            this.patient.sql("update moves set counted = true where id = :id and state = 'switched'")
                .param("id", move.id())
                .update();
            return next;
        });
        return (parcels != null) ? parcels : 0;
    }

    private boolean isHeld(Departure move, UUID worker) {
        return this.patient
            .sql("""
                    select exists (select from moves where id = :id and worker = :worker and state = :state and fence = :fence)
                    """)
            .param("id", move.id())
            .param("worker", worker)
            .param("state", move.state().toString())
            .param("fence", move.fence())
            .query(Boolean.class)
            .single();
    }

    private int pack(Departure move, MovedTable table, int next) {
        String key = String.join(", ", table.keyColumns());
        String since = (table.kind() == MovedTable.Kind.HISTORY) ? move.since() : null;
        JdbcClient.StatementSpec statement = this.patient
            .sql("""
                    insert into move_parcels (move_id, number, table_name, rows, content)
                    select :move, :next + (row_number() over (order by chunk))::int - 1, :table, count(*),
                        '[' || string_agg(line, ',' order by n) || ']'
                    from (select n, line, (sum(octet_length(line)) over (order by n) / :bytes)::bigint as chunk from (
                        select row_number() over (order by %1$s) as n, %2$s as line
                        from (select t.* from %3$s t where %4$s) t) lines) weighed
                    group by chunk
                    """.formatted(key, RowStatements.line(table, columns(table)), table.sql(),
                    (since != null) ? RowStatements.recent(table) : RowStatements.rows(table, null, null)))
            .param("organization", move.organizationId())
            .param("move", move.id())
            .param("next", next)
            .param("table", table.toString())
            .param("bytes", MOST_BYTES);
        if (since == null) {
            return bind(statement, table, null, move.oldest(), null).update();
        }
        JdbcClient.StatementSpec recent = bind(statement, table, since, move.oldest(), null);
        return switch (table) {
            case EVENTS, DEDUPLICATION_CACHE ->
                recent.param("generation", move.generation()).param("began", move.sinceAt()).update();
            case DELIVERY_ATTEMPTS, AUDIT -> recent.param("began", move.sinceAt()).update();
            default -> recent.update();
        };
    }

    /** The first parcel from a number on. */
    Optional<Parcel> parcel(UUID id, int from) {
        return this.jdbc.sql("""
                select number, table_name, rows, content, first_event, until_event from move_parcels
                where move_id = :id and number >= :from order by number limit 1
                """)
            .param("id", id)
            .param("from", from)
            .query((row, number) -> new Parcel(row.getInt("number"), MovedTable.parse(row.getString("table_name")),
                    row.getInt("rows"), row.getString("content"),
                    Parcel.range(row.getObject("first_event", UUID.class), row.getObject("until_event", UUID.class))))
            .optional();
    }

    /** How many parcels there are. */
    int parcels(UUID id) {
        return this.jdbc.sql("select count(*)::int from move_parcels where move_id = :id")
            .param("id", id)
            .query(Integer.class)
            .single();
    }

    /**
     * Lets the organization go: it lives in the target, and so its tokens are led there.
     */
    @Transactional
    void release(Departure move, UUID worker) {
        changed(this.jdbc.sql("""
                update moves set state = 'switched', unfenced_at = clock_timestamp()
                where id = :id and worker = :worker and state = 'switching'
                """).param("id", move.id()).param("worker", worker).update());
        this.jdbc.sql("update organizations set elsewhere = :target where id = :id")
            .param("id", move.organizationId())
            .param("target", move.target())
            .update();
        this.jdbc.sql("""
                insert into moved_tokens (token, cell, expires_at)
                select key_id, :target, expires_at from api_keys where organization_id = :id
                union all
                select session_id, :target, expires_at from portal_sessions
                where organization_id = :id and session_id is not null
                union all
                select encode(link_hash, 'hex'), :target, link_expires_at from portal_sessions
                where organization_id = :id and session_id is null
                on conflict (token) do update set cell = excluded.cell, expires_at = excluded.expires_at
                """).param("id", move.organizationId()).param("target", move.target()).update();
        this.jdbc.sql("delete from arrivals where organization_id = :id").param("id", move.organizationId()).update();
        this.notifications.send("organization", move.organizationId().toString());
    }

    /** What the operator knows the organization by. */
    Optional<String> externalId(UUID organizationId) {
        return this.jdbc.sql("select external_id from organizations where id = :id and external_id is not null")
            .param("id", organizationId)
            .query(String.class)
            .optional();
    }

    /**
     * Live tokens of the organization that were made in other cells, by these.
     */
    List<ForeignToken> foreignTokens(UUID organizationId, String here) {
        return this.jdbc.sql("""
                select * from (
                    select left(key_id, 2) as cell, key_id as token, expires_at from api_keys
                    where organization_id = :id and expires_at > now()
                    union all
                    select substr(session_id, length('zap_sess_') + 1, 2), session_id, expires_at from portal_sessions
                    where organization_id = :id and session_id is not null and expires_at > now()) t
                where cell <> :here order by token
                """)
            .param("id", organizationId)
            .param("here", here)
            .query((row, number) -> new ForeignToken(row.getString("cell"), row.getString("token"),
                    row.getString("expires_at")))
            .list();
    }

    /**
     * Whether more commits than so many had stored events when the last pass began that
     * it could not look into.
     */
    boolean isHeldBack(Departure move, int most) {
        return this.patient.sql("""
                select count(*) > :most from (
                    select from events where organization_id = :id and last_id is not null
                        and position >= (cast(:generation as bigint) << 48) + cast(:since as bigint)
                        and id < uuid_floor(cast(:began as timestamptz))
                    order by position limit :most + 1) behind
                """)
            .param("id", move.organizationId())
            .param("generation", move.generation())
            .param("since", move.since())
            .param("began", move.sinceAt())
            .param("most", most)
            .query(Boolean.class)
            .single();
    }

    /**
     * Whether the last pass could not yet look into all that was written of what nobody
     * counts.
     */
    boolean isHeldBack(Departure move) {
        return Stream.of(MovedTable.DELIVERY_ATTEMPTS, MovedTable.AUDIT).anyMatch((table) -> {
            JdbcClient.StatementSpec statement = this.patient
                .sql("select exists (select from %s t where %s)".formatted(table.sql(),
                        RowStatements.rows(table, "", null)))
                .param("organization", move.organizationId());
            return bind(statement, table, move.since(), move.oldest(), null).query(Boolean.class).single();
        });
    }

    /**
     * How many rows there are of each table of the history that are not taken away again.
     */
    Counts counts(UUID organizationId, UUID oldest) {
        return this.patient
            .sql("""
                    select (select count(*) from events where organization_id = :id and id >= :oldest) as events,
                        (select count(*) from delivery_attempts where organization_id = :id and event_id >= :oldest) as attempts,
                        (select count(*) from event_acks where organization_id = :id and event_id >= :oldest) as acks,
                        (select (generation::bigint + 1) << 48 from log_state where one) as below
                    """)
            .param("id", organizationId)
            .param("oldest", oldest)
            .query((row, number) -> new Counts(row.getLong("events"), row.getLong("attempts"), row.getLong("acks"),
                    row.getLong("below")))
            .single();
    }

    /**
     * Forgets fences that nobody can come to any more, and tokens that have ended.
     */
    void clear() {
        this.jdbc.sql("""
                delete from fences f where since < now() - interval '1 day'
                    and not exists (select from organizations o where o.id = f.organization_id)
                """).update();
        this.jdbc.sql("delete from moved_tokens where expires_at < now()").update();
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new MoveTakenException();
        }
    }

    /**
     * A token that was made in another cell.
     *
     * @param cell the digits of that cell
     * @param token its public id
     * @param expiresAt when it ends, as the database writes it
     */
    record ForeignToken(String cell, String token, String expiresAt) {
    }

    /**
     * How many rows an organization has.
     *
     * @param events its events
     * @param attempts attempts to deliver them
     * @param acks acknowledgements
     * @param below what is stored in another cell has positions behind it
     */
    record Counts(long events, long attempts, long acks, long below) {
    }

}
