package dev.triggers.search;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.triggers.database.ReadRoute;
import dev.triggers.database.SeparateConnections;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads what a search looks at, over connections of its own and for a limited time.
 */
@Repository
class SearchRepository {

    private final SeparateConnections connections;

    private final DataSource pool;

    SearchRepository(SeparateConnections connections, DataSource pool) {
        this.connections = connections;
        this.pool = pool;
    }

    /**
     * Looks at an organization's events.
     * @param timeout the longest that a statement takes; one that takes longer fails
     * @return false if the organization searches already, at any instance: at the replica
     * one more may
     */
    boolean look(Caller caller, Duration timeout, Consumer<Look> looking) {
        DataSource source = ReadRoute.leadsToReplica() ? this.pool : this.connections.get();
        JdbcClient jdbc = JdbcClient.create(source);
        return Boolean.TRUE.equals(new TransactionTemplate(new JdbcTransactionManager(source)).execute((status) -> {
            boolean alone = jdbc.sql("""
                    select set_config('statement_timeout', :timeout, true),
                      pg_try_advisory_xact_lock(hashtextextended(:name, 0)) as alone
                    """)
                .param("name", "search " + caller.organizationId())
                .param("timeout", Long.toString(timeout.toMillis()))
                .query((row, number) -> row.getBoolean("alone"))
                .single();
            if (alone) {
                looking.accept(new Look(jdbc, caller));
            }
            return alone;
        }));
    }

    /**
     * Looks, within one transaction.
     */
    static final class Look {

        private final JdbcClient jdbc;

        private final Caller caller;

        private Look(JdbcClient jdbc, Caller caller) {
            this.jdbc = jdbc;
            this.caller = caller;
        }

        /**
         * The events of a stretch that may match: what is left out does not. The texts
         * that a payload must have are looked for in it as it was posted; one that spells
         * anything with an escape may have them all the same.
         * @param before the event behind which the stretch begins
         * @param rows its length
         */
        Stretch stretch(SearchQuery query, UUID before, int rows) {
            TypeFilter type = query.type();
            List<String> needles = query.needles();
            List<Row> found = this.jdbc.sql("""
                    with looked as materialized (
                      select e.id, (cast(:own as text[]) is null or e.type like any (cast(:own as text[])))
                        and (cast(:low_type as text) is null
                          or (e.type collate "C" >= :low_type and e.type collate "C" < :high_type))
                        and (cast(:dedup as text) is null or e.dedup_id = :dedup)
                        and (not :dead or (select true from dead_letters d
                          where d.organization_id = :organization and d.event_id = e.id limit 1))
                        and (not :open or (select true from event_deliveries d
                          where d.organization_id = :organization and d.event_id = e.id limit 1))
                        and (not :textual or e.payload like all (cast(:patterns as text[]))
                          or strpos(e.payload, '\\') > 0) as hit
                      from events e
                      where e.organization_id = :organization and e.id >= :low and e.id < :before
                      order by e.id desc limit :rows)
                    select l.id, e.type, e.dedup_id, e.bytes, null::bigint as looked from looked l
                    cross join lateral (
                      select type, dedup_id, octet_length(payload) as bytes from events
                      where organization_id = :organization and id = l.id limit 1) e
                    where l.hit
                    union all
                    select (select id from looked order by id limit 1), null, null, 0, count(*) from looked
                    """)
                .param("own", this.caller.types().patterns())
                .param("low_type", (type != null) ? type.low() : null)
                .param("high_type", (type != null) ? type.high() : null)
                .param("dedup", query.dedupId())
                .param("dead", query.wantsDead())
                .param("open", query.wantsOpen())
                .param("textual", !needles.isEmpty())
                .param("patterns", needles.stream().map(Look::pattern).toArray(String[]::new))
                .param("organization", this.caller.organizationId())
                .param("low", query.low())
                .param("before", before)
                .param("rows", rows)
                .query((row, number) -> new Row(row.getObject("id", UUID.class), row.getString("type"),
                        row.getString("dedup_id"), row.getInt("bytes"), row.getObject("looked", Long.class)))
                .list();
            return Stretch.of(found);
        }

        /** What contains the text, as a pattern of LIKE. */
        private static String pattern(String text) {
            return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        }

        /**
         * Payloads by event.
         */
        Map<UUID, String> payloads(List<UUID> ids) {
            Map<UUID, String> payloads = HashMap.newHashMap(ids.size());
            this.jdbc.sql("""
                    select event.* from unnest(:ids::uuid[]) wanted (id) cross join lateral (
                      select id, payload from events where organization_id = :organization and id = wanted.id
                        and id between :first and :last limit 1) event
                    """)
                .param("ids", texts(ids))
                .param("organization", this.caller.organizationId())
                .param("first", Collections.min(ids))
                .param("last", Collections.max(ids))
                .query((row) -> {
                    payloads.put(row.getObject("id", UUID.class), row.getString("payload"));
                });
            return payloads;
        }

        /**
         * What deliveries have come to, by event, as far as the key may see them.
         */
        Map<UUID, Facts> facts(List<UUID> ids) {
            Map<UUID, Facts> facts = HashMap.newHashMap(ids.size());
            this.jdbc
                .sql("""
                        select wanted.id,
                          (select true from event_acks where organization_id = :organization and event_id = wanted.id
                            and event_id between :first and :last limit 1) as acknowledged,
                          open.endpoints as open, open.attempts as open_attempts, dead.endpoints as dead,
                          dead.attempts as dead_attempts, tried.endpoints as tried, tried.attempts as tried_attempts,
                          tried.statuses, tried.codes
                        from unnest(:ids::uuid[]) wanted (id)
                        left join lateral (
                          select array_agg(endpoint_id) as endpoints, max(attempts) as attempts from event_deliveries
                          where organization_id = :organization and event_id = wanted.id
                            and (cast(:own as uuid[]) is null or endpoint_id = any (cast(:own as uuid[])))) open on true
                        left join lateral (
                          select array_agg(endpoint_id) as endpoints, max(attempts) as attempts from dead_letters
                          where organization_id = :organization and event_id = wanted.id
                            and (cast(:own as uuid[]) is null or endpoint_id = any (cast(:own as uuid[])))) dead on true
                        left join lateral (
                          select array_agg(distinct endpoint_id) as endpoints, array_agg(distinct response_status) as statuses,
                            array_agg(distinct error_code) as codes,
                            max(number) filter (where outcome in ('d', 'r', 'f')) as attempts
                          from delivery_attempts where organization_id = :organization and event_id = wanted.id
                            and event_id between :first and :last
                            and (cast(:own as uuid[]) is null or endpoint_id = any (cast(:own as uuid[])))) tried on true
                        """)
                .param("ids", texts(ids))
                .param("organization", this.caller.organizationId())
                .param("own", this.caller.endpoints().ids())
                .param("first", Collections.min(ids))
                .param("last", Collections.max(ids))
                .query((row) -> {
                    Facts found = read(row);
                    facts.put(found.eventId(), found);
                });
            return facts;
        }

        private static Facts read(ResultSet row) throws SQLException {
            List<UUID> open = list(row.getArray("open"), UUID.class);
            List<UUID> dead = list(row.getArray("dead"), UUID.class);
            Set<UUID> endpoints = new HashSet<>(open);
            endpoints.addAll(dead);
            endpoints.addAll(list(row.getArray("tried"), UUID.class));
            Set<Integer> statuses = new HashSet<>();
            list(row.getArray("statuses"), Number.class).forEach((status) -> statuses.add(status.intValue()));
            int attempts = Math.max(row.getInt("tried_attempts"),
                    Math.max(row.getInt("open_attempts"), row.getInt("dead_attempts")));
            return new Facts(row.getObject("id", UUID.class), row.getBoolean("acknowledged"), !open.isEmpty(),
                    !dead.isEmpty(), attempts, endpoints, statuses,
                    Set.copyOf(list(row.getArray("codes"), String.class)));
        }

        private static <T> List<T> list(@Nullable Array stored, Class<T> type) throws SQLException {
            List<T> list = new ArrayList<>();
            if (stored != null) {
                for (Object element : (Object[]) stored.getArray()) {
                    if (element != null) {
                        list.add(type.cast(element));
                    }
                }
            }
            return list;
        }

        private static String[] texts(List<UUID> ids) {
            return ids.stream().map(UUID::toString).toArray(String[]::new);
        }

    }

    private record Row(@Nullable UUID id, @Nullable String type, @Nullable String dedupId, int bytes,
            @Nullable Long looked) {

    }

    /**
     * A stretch of the history.
     *
     * @param candidates what may match in it, newest first
     * @param last the last event looked at; null if there was none
     * @param looked how many were
     */
    record Stretch(List<Candidate> candidates, @Nullable UUID last, long looked) {

        private static Stretch of(List<Row> rows) {
            List<Candidate> candidates = new ArrayList<>(rows.size());
            UUID last = null;
            long looked = 0;
            for (Row row : rows) {
                UUID id = row.id();
                String type = row.type();
                if (row.looked() != null) {
                    last = id;
                    looked = row.looked();
                }
                else if (id != null && type != null) {
                    candidates.add(new Candidate(id, type, row.dedupId(), row.bytes()));
                }
            }
            candidates.sort((one, other) -> other.id().compareTo(one.id()));
            return new Stretch(candidates, last, looked);
        }

    }

}
