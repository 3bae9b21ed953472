package dev.triggers.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erasures, and the statements by which they remove a few rows of a table. The tables
 * come in an order in which nothing that is left refers to what has gone; the first ones
 * are those by which there would be more.
 */
@Repository
class ErasureRepository {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {
    };

    private static final Map<String, String> TABLES = tables();

    static final List<String> ORDER = List.copyOf(TABLES.keySet());

    private final JdbcClient jdbc;

    private final Notifications notifications;

    private final JsonMapper json;

    ErasureRepository(JdbcClient jdbc, Notifications notifications, JsonMapper json) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.json = json;
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String table : List.of("portal_sessions", "api_keys", "replays", "inbox_leases", "leased_events",
                "event_deliveries")) {
            tables.put(table, own(table));
        }
        tables.put("dead_letters", own("dead_letters"));
        tables.put("delivery_attempts", """
                delete from delivery_attempts t using (
                    select event_id, endpoint_id, number from delivery_attempts where organization_id = :id
                    order by event_id, endpoint_id, number limit :most) x
                where t.organization_id = :id and t.event_id = x.event_id and t.endpoint_id = x.endpoint_id
                    and t.number = x.number
                """);
        tables.put("event_acks", """
                delete from event_acks t using (
                    select event_id from event_acks where organization_id = :id order by event_id limit :most) x
                where t.organization_id = :id and t.event_id = x.event_id
                """);
        tables.put("events", """
                delete from events t using (
                    select id from events where organization_id = :id order by id limit :most) x
                where t.organization_id = :id and t.id = x.id
                """);
        for (String table : List.of("deduplication_cache", "redeliveries", "log_consumers", "event_types",
                "organization_statistics")) {
            tables.put(table, own(table));
        }
        for (String table : List.of("endpoint_statistics", "circuit_changes", "endpoint_revisions",
                "endpoint_health")) {
            tables.put(table, """
                    delete from %1$s where ctid = any (array(
                        select t.ctid from endpoints p join %1$s t on t.endpoint_id = p.id
                        where p.organization_id = :id limit :most))
                    """.formatted(table));
        }
        tables.put("playground_requests", """
                delete from playground_requests where ctid = any (array(
                    select t.ctid from playgrounds p join playground_requests t on t.playground_id = p.id
                    where p.organization_id = :id limit :most))
                """);
        tables.put("playgrounds", own("playgrounds"));
        tables.put("audit", """
                delete from audit t using (
                    select id, at from audit where organization_id = :id order by id limit :most) x
                where t.organization_id = :id and t.id = x.id and t.at = x.at
                """);
        tables.put("endpoints", own("endpoints"));
        tables.put("arrived_positions", own("arrived_positions"));
        tables.put("rate_limit_buckets", "delete from rate_limit_buckets where id = :id and :most > 0");
        // What came back meanwhile goes in the next pass
        tables.put("organizations", """
                delete from organizations o where o.id = :id and :most > 0
                    and not exists (select from api_keys where organization_id = :id)
                    and not exists (select from portal_sessions where organization_id = :id)
                    and not exists (select from replays where organization_id = :id)
                    and not exists (select from endpoints where organization_id = :id)
                    and not exists (select from log_consumers where organization_id = :id)
                    and not exists (select from event_types where organization_id = :id)
                    and not exists (select from playgrounds where organization_id = :id)
                """);
        return tables;
    }

    private static String own(String table) {
        return """
                delete from %1$s where ctid = any (array(
                    select ctid from %1$s where organization_id = :id limit :most))
                """.formatted(table);
    }

    /**
     * Stores that an organization is to be erased, and ends its access: its keys, its
     * sessions, its deliveries.
     */
    void insert(UUID id, UUID organizationId, int seconds) {
        int sessions = remove("portal_sessions", organizationId, Integer.MAX_VALUE);
        int keys = remove("api_keys", organizationId, Integer.MAX_VALUE);
        this.jdbc.sql("""
                update organizations set erasing_at = now(), suspended_at = coalesce(suspended_at, now()),
                    external_id = null, updated_at = now()
                where id = :id
                """).param("id", organizationId).update();
        this.jdbc.sql("""
                insert into erasures (id, organization_id, requested_at, due_at, counts)
                values (:id, :organizationId, now(), now() + make_interval(secs => :seconds), cast(:counts as jsonb))
                """)
            .param("id", id)
            .param("organizationId", organizationId)
            .param("seconds", seconds)
            .param("counts",
                    this.json.writeValueAsString(
                            counts(Map.of("portal_sessions", (long) sessions, "api_keys", (long) keys))))
            .update();
        this.notifications.send("organization", organizationId.toString());
        this.notifications.send(Erasures.TOPIC, id.toString());
    }

    /**
     * Whether more may come of an organization, from the cell that it came from.
     */
    boolean isArriving(UUID organizationId) {
        return this.jdbc
            .sql("select exists (select from arrivals where organization_id = :id and completed_at is null)")
            .param("id", organizationId)
            .query(Boolean.class)
            .single();
    }

    /**
     * Stores that what an organization left behind is to go, if it lives elsewhere.
     */
    void insertMoved(UUID id, UUID organizationId, int seconds) {
        this.jdbc.sql("""
                insert into erasures (id, organization_id, requested_at, due_at, moved)
                select :id, o.id, now(), now() + make_interval(secs => :seconds), true from organizations o
                where o.id = :organizationId and o.elsewhere is not null
                on conflict (organization_id) where organization_id is not null do nothing
                """).param("id", id).param("organizationId", organizationId).param("seconds", seconds).update();
        this.notifications.send(Erasures.TOPIC, id.toString());
    }

    private static Map<String, Long> counts(Map<String, Long> all) {
        Map<String, Long> counts = new LinkedHashMap<>(all);
        counts.values().removeIf((count) -> count == 0);
        return counts;
    }

    /**
     * The erasure of an organization that is still there.
     */
    Optional<Erasure> findOf(UUID organizationId) {
        return this.jdbc.sql("select * from erasures where organization_id = :id and not moved")
            .param("id", organizationId)
            .query(this::erasure)
            .optional();
    }

    Optional<Erasure> find(UUID id) {
        return this.jdbc.sql("select * from erasures where id = :id and not moved")
            .param("id", id)
            .query(this::erasure)
            .optional();
    }

    /**
     * Erasures, the latest first.
     * @param before the one to begin behind; null: with the latest
     */
    List<Erasure> list(@Nullable UUID before, int limit) {
        return this.jdbc.sql("""
                select * from erasures where not moved and (cast(:before as uuid) is null or id < cast(:before as uuid))
                order by id desc limit :limit
                """).param("before", before).param("limit", limit).query(this::erasure).list();
    }

    private Erasure erasure(ResultSet row, int number) throws SQLException {
        return Erasure.of(row.getObject("id", UUID.class), row.getObject("organization_id", UUID.class),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(), instant(row, "started_at"),
                instant(row, "finished_at"), this.json.readValue(row.getString("counts"), COUNTS));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    /**
     * Takes an erasure whose next step is due, until the transaction ends; of instances
     * that look for one, one has it.
     */
    Optional<ErasureStep> take() {
        return this.jdbc.sql("""
                select id, organization_id, step, most, swept from erasures
                where finished_at is null and due_at <= now() order by due_at limit 1 for update skip locked
                """)
            .query((row, number) -> new ErasureStep(row.getObject("id", UUID.class),
                    row.getObject("organization_id", UUID.class), row.getInt("step"), row.getInt("most"),
                    row.getLong("swept")))
            .optional();
    }

    /**
     * Breaks off what takes too long in this transaction: the log waits for it.
     */
    void bound() {
        this.jdbc.sql("select set_config('statement_timeout', '200ms', true)").query(String.class).single();
    }

    /**
     * Removes some rows of a table.
     * @return how many
     */
    int remove(String table, UUID organizationId, int most) {
        return this.jdbc.sql(String.valueOf(TABLES.get(table)))
            .param("id", organizationId)
            .param("most", most)
            .update();
    }

    boolean isGone(UUID organizationId) {
        return this.jdbc.sql("select not exists (select from organizations where id = :id)")
            .param("id", organizationId)
            .query(Boolean.class)
            .single();
    }

    /**
     * Notes what a step did, and where the next one begins.
     */
    void proceed(ErasureStep done, String table, int removed, ErasureStep next) {
        this.jdbc.sql("""
                update erasures set step = :step, most = :most, swept = :swept, due_at = now(),
                    started_at = coalesce(started_at, now()),
                    counts = case when :removed = 0 then counts else jsonb_set(counts, array[cast(:table as text)],
                        to_jsonb(coalesce((counts ->> cast(:table as text))::bigint, 0) + :removed)) end
                where id = :id
                """)
            .param("id", done.id())
            .param("step", next.step())
            .param("most", next.most())
            .param("swept", next.swept())
            .param("removed", removed)
            .param("table", table)
            .update();
    }

    /**
     * Ends an erasure: the organization's id goes from here too.
     */
    void finish(UUID id) {
        this.jdbc.sql("update erasures set finished_at = now(), organization_id = null where id = :id")
            .param("id", id)
            .update();
    }

}
