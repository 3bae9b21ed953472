package dev.triggers.repair;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.database.FenceRepository;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.EventTypes;
import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Replays, what they look at, and what they open.
 */
@Repository
class ReplayRepository {

    private final JdbcClient jdbc;

    private final RepairTurnRepository turn;

    private final FenceRepository fences;

    private final AuditTrail audit;

    ReplayRepository(JdbcClient jdbc, RepairTurnRepository turn, FenceRepository fences, AuditTrail audit) {
        this.turn = turn;
        this.fences = fences;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    @Transactional
    Replay insert(UUID id, ReplayOrder order, int matching, boolean capped) {
        Replay replay = store(id, order, matching, capped);
        this.fences.pass(order.organizationId());
        this.audit.note(order.organizationId(), order.recovery() ? "recovery.begun" : "replay.begun", id, null,
                audited(order, matching));
        return replay;
    }

    private static Map<String, Object> audited(ReplayOrder order, int matching) {
        ReplayFilter filter = order.filter();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("since", filter.since().toString());
        members.put("until", filter.until().toString());
        members.put("outcome", filter.outcome().text());
        members.put("matching", matching);
        if (filter.endpointId() != null) {
            members.put("endpoint_id", filter.endpointId());
        }
        if (order.toEndpointId() != null) {
            members.put("to_endpoint_id", order.toEndpointId());
        }
        return members;
    }

    private Replay store(UUID id, ReplayOrder order, int matching, boolean capped) {
        ReplayFilter filter = order.filter();
        Pair before = Pair.before(filter.since());
        return this.jdbc
            .sql("""
                    insert into replays (id, organization_id, recovery, endpoint_id, type, held_to, outcome, error_code, since, until,
                      since_clamped, rate_per_second, to_endpoint_id, again, matching, capped, after_event, after_endpoint,
                      due_at, requested_at)
                    values (:id, :organization, :recovery, :endpoint, :type, :held_to, :outcome, :error_code, :since, :until,
                      :clamped, :rate, :to, :again, :matching, :capped, :after_event, :after_endpoint, now(), now())
                    returning *
                    """)
            .param("id", id)
            .param("organization", order.organizationId())
            .param("recovery", order.recovery())
            .param("endpoint", filter.endpointId())
            .param("type", filter.type())
            .param("held_to", filters(filter.visible()))
            .param("outcome", filter.outcome().text())
            .param("error_code", filter.errorCode())
            .param("since", at(filter.since()))
            .param("until", at(filter.until()))
            .param("clamped", order.sinceClamped())
            .param("rate", order.rate())
            .param("to", order.toEndpointId())
            .param("again", order.again())
            .param("matching", matching)
            .param("capped", capped)
            .param("after_event", before.eventId())
            .param("after_endpoint", before.endpointId())
            .query(ReplayRepository::replay)
            .single();
    }

    @Nullable Replay find(UUID organizationId, UUID id) {
        return this.jdbc.sql("select * from replays where organization_id = :organization and id = :id")
            .param("organization", organizationId)
            .param("id", id)
            .query(ReplayRepository::replay)
            .optional()
            .orElse(null);
    }

    /**
     * The organization's replays, latest first.
     */
    List<Replay> list(UUID organizationId, UUID before, int limit) {
        return this.jdbc.sql("""
                select * from replays where organization_id = :organization and id < :before
                order by id desc limit :limit
                """)
            .param("organization", organizationId)
            .param("before", before)
            .param("limit", limit)
            .query(ReplayRepository::replay)
            .list();
    }

    /**
     * The recoveries of an endpoint, latest first.
     */
    List<Replay> recoveries(UUID organizationId, UUID endpointId) {
        return this.jdbc.sql("""
                select * from replays where organization_id = :organization and recovery and endpoint_id = :endpoint
                order by id desc limit 20
                """)
            .param("organization", organizationId)
            .param("endpoint", endpointId)
            .query(ReplayRepository::replay)
            .list();
    }

    int running(UUID organizationId) {
        return this.jdbc
            .sql("select count(*) from replays where organization_id = :organization and finished_at is null")
            .param("organization", organizationId)
            .query(Integer.class)
            .single();
    }

    @Transactional
    @Nullable Replay cancel(UUID organizationId, UUID id) {
        int cancelled = this.jdbc.sql("""
                update replays set state = 'cancelled', finished_at = now()
                where organization_id = :organization and id = :id and finished_at is null
                """).param("organization", organizationId).param("id", id).update();
        this.fences.pass(organizationId);
        if (cancelled > 0) {
            this.audit.note(organizationId, "replay.cancelled", id, null, null);
        }
        return find(organizationId, id);
    }

    /**
     * The replays under way, and in how many milliseconds each is due for a step; none of
     * an organization that is leaving, or still arriving.
     */
    Map<UUID, Integer> underWay() {
        Map<UUID, Integer> due = new HashMap<>();
        this.jdbc
            .sql("""
                    select id, greatest(0, extract(epoch from least(due_at, now() + interval '1 hour') - now()) * 1000)::int as due
                    from replays r where finished_at is null
                      and not exists (select from fences f where f.organization_id = r.organization_id)
                      and not exists (select from organizations o where o.id = r.organization_id and o.elsewhere is not null)
                    order by id limit 1000
                    """)
            .query((row) -> {
                due.put(row.getObject("id", UUID.class), row.getInt("due"));
            });
        return due;
    }

    /**
     * Locks a replay that is due, to the end of the transaction, whose commit is not
     * waited for: what is sent because of it is recorded behind it in the database's log,
     * and what is lost with it is done again.
     * @return null if it is not due any more, or another instance is at it
     */
    @Nullable Replay lockDue(UUID id) {
        return this.jdbc
            .sql("""
                    select *, set_config('synchronous_commit', 'off', true) from replays
                    where id = :id and finished_at is null and due_at <= now()
                      and not exists (select from fences f where f.organization_id = replays.organization_id)
                      and not exists (select from organizations o where o.id = replays.organization_id and o.elsewhere is not null)
                    for update skip locked
                    """)
            .param("id", id)
            .query(ReplayRepository::replay)
            .optional()
            .orElse(null);
    }

    /**
     * Looks for what is to be replayed.
     * @param look how many rows to look at
     * @param wanted how many deliveries to find
     */
    ReplayPage page(ReplayOrder order, Pair from, int look, int wanted) {
        ReplayFilter filter = order.filter();
        JdbcClient.StatementSpec statement = this.jdbc.sql(ReplayStatements.page(order))
            .param("organization", order.organizationId())
            .param("after_event", from.eventId())
            .param("after_endpoint", from.endpointId())
            .param("until", UuidV7.floor(filter.until()))
            .param("endpoint", filter.endpointId())
            .param("error_code", filter.errorCode())
            .param("to", order.toEndpointId())
            .param("look", look)
            .param("wanted", wanted);
        TypeFilter type = filter.types();
        if (type != null) {
            statement = statement.param("low", type.low())
                .param("high", type.high())
                .param("visible", type.visible().patterns());
        }
        return statement.query((ResultSetExtractor<ReplayPage>) (rows) -> {
            List<ReplayPage.Match> matches = new ArrayList<>();
            Pair edge = null;
            while (rows.next()) {
                Pair pair = new Pair(Objects.requireNonNull(rows.getObject("event_id", UUID.class)),
                        Objects.requireNonNull(rows.getObject("endpoint_id", UUID.class)));
                if (rows.getBoolean("matches")) {
                    matches.add(new ReplayPage.Match(pair, rows.getString("type")));
                }
                else {
                    edge = pair;
                }
            }
            return new ReplayPage(matches, edge, matches.size() == wanted);
        });
    }

    /**
     * What the endpoints that are still there have to do already.
     */
    Map<UUID, Load> loads(List<UUID> endpointIds, int most) {
        Map<UUID, Load> loads = new HashMap<>();
        this.jdbc.sql("""
                select p.id, p.ordered,
                  p.enabled and not p.resting and h.circuit_openings = 0 and h.held_until <= now() as takes,
                  (select count(*) from (select from event_deliveries d
                    where d.endpoint_id = p.id and d.due_at <= now() limit :most) w) as waiting,
                  (select count(*) from (select leased from event_deliveries d
                    where d.endpoint_id = p.id and d.due_at > now() and d.due_at < now() + interval '5 minutes'
                    limit :look) u where leased is not null) as under_way,
                  (select count(*) from (select from event_deliveries d
                    where d.endpoint_id = p.id and d.due_at = 'infinity' limit :most) k) as parked
                from unnest(:ids::uuid[]) wanted (id)
                cross join lateral (select * from endpoints where id = wanted.id and deleted_at is null) p
                cross join lateral (select * from endpoint_health where endpoint_id = wanted.id) h
                """).param("ids", array(endpointIds)).param("most", most).param("look", 5 * most).query((row) -> {
            loads.put(row.getObject("id", UUID.class), new Load(row.getBoolean("takes"), row.getInt("waiting"),
                    row.getInt("under_way"), row.getBoolean("ordered") ? row.getInt("parked") : 0));
        });
        return loads;
    }

    /**
     * Opens deliveries, with a full set of attempts whose numbers go on, unless they are
     * open or their endpoint is gone.
     * @return how many
     */
    int open(UUID organizationId, List<Pair> pairs, boolean again, int attempts) {
        this.turn.take(organizationId);
        return this.jdbc.sql("""
                with wanted as (
                  select * from unnest(:events::uuid[], :endpoints::uuid[]) w (event_id, endpoint_id)
                  order by event_id, endpoint_id),
                opened as (
                  insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining)
                  select :organization, w.event_id, w.endpoint_id,
                    case when p.ordered then 'infinity'::timestamptz else now() end,
                    coalesce(greatest(
                      (select max(a.number) from delivery_attempts a where a.organization_id = :organization
                        and a.event_id = w.event_id and a.endpoint_id = w.endpoint_id),
                      (select d.attempts from dead_letters d where d.organization_id = :organization
                        and d.event_id = w.event_id and d.endpoint_id = w.endpoint_id)), 0),
                    coalesce(cardinality(p.retry_schedule) + 1, :attempts)
                  from wanted w cross join lateral (
                    select * from endpoints where id = w.endpoint_id and organization_id = :organization
                      and deleted_at is null) p
                  where (:again or not exists (select from delivery_attempts a where a.organization_id = :organization
                      and a.event_id = w.event_id and a.endpoint_id = w.endpoint_id and a.outcome = 'd'))
                    and not exists (select from event_deliveries d where d.organization_id = :organization
                      and d.event_id = w.event_id and d.endpoint_id = w.endpoint_id)
                  on conflict do nothing
                  returning event_id, endpoint_id),
                gone as (
                  delete from dead_letters d using opened o where d.organization_id = :organization
                    and d.event_id = o.event_id and d.endpoint_id = o.endpoint_id)
                select count(*) from opened
                """)
            .param("organization", organizationId)
            .param("events", array(pairs.stream().map(Pair::eventId).toList()))
            .param("endpoints", array(pairs.stream().map(Pair::endpointId).toList()))
            .param("again", again)
            .param("attempts", attempts)
            .query(Integer.class)
            .single();
    }

    /**
     * Ends a step.
     * @param wait how long to wait before the next one
     */
    void advance(Replay replay, Pair position, int requeued, int skipped, Duration wait, boolean last) {
        this.jdbc.sql("""
                update replays set after_event = :event, after_endpoint = :endpoint,
                  requeued = requeued + :requeued, skipped = skipped + :skipped,
                  due_at = greatest(due_at, now() - interval '1 second') + :wait * interval '1 microsecond',
                  state = case when :last then 'finished' else state end,
                  finished_at = case when :last then now() end
                where id = :id
                """)
            .param("id", replay.id())
            .param("event", position.eventId())
            .param("endpoint", position.endpointId())
            .param("requeued", requeued)
            .param("skipped", skipped)
            .param("wait", wait.toNanos() / 1_000)
            .param("last", last)
            .update();
    }

    private static Replay replay(ResultSet row, int number) throws SQLException {
        ReplayFilter filter = new ReplayFilter(row.getObject("endpoint_id", UUID.class), row.getString("type"),
                heldTo(row.getArray("held_to")),
                ReplayOutcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)), row.getString("error_code"),
                instant(row, "since"), instant(row, "until"));
        ReplayOrder order = new ReplayOrder(uuid(row, "organization_id"), filter, row.getBoolean("since_clamped"),
                row.getBoolean("recovery"), row.getObject("rate_per_second", Integer.class),
                row.getObject("to_endpoint_id", UUID.class), row.getBoolean("again"));
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Replay(uuid(row, "id"), order, row.getInt("matching"), row.getBoolean("capped"),
                row.getInt("requeued"), row.getInt("skipped"),
                new Pair(uuid(row, "after_event"), uuid(row, "after_endpoint")), row.getString("state"),
                instant(row, "requested_at"), (finished != null) ? finished.toInstant() : null);
    }

    private static String @Nullable [] filters(EventTypes types) {
        List<String> filters = types.filters();
        return (filters != null) ? filters.toArray(String[]::new) : null;
    }

    private static EventTypes heldTo(@Nullable Array stored) throws SQLException {
        return (stored != null) ? EventTypes.of(Arrays.asList((String[]) stored.getArray())) : EventTypes.EVERY;
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    /**
     * What an endpoint has to do.
     *
     * @param takes whether anything is sent to it now
     * @param waiting deliveries that are due
     * @param underWay deliveries that are being attempted, or about to be
     * @param parked deliveries that wait for their turn, if it is an ordered endpoint
     */
    record Load(boolean takes, int waiting, int underWay, int parked) {

    }

}
