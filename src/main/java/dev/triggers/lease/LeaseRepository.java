package dev.triggers.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.database.FencedException;
import dev.triggers.inbox.EventTexts;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.EventTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leases. Whoever gives, frees or takes back does so under the lock of the organization,
 * so that no event is ever given to two. Time is the database's.
 */
@Repository
class LeaseRepository {

    /** Rows that one look at what nobody has had may pass over. */
    static final int LOOK = 10_000;

    /** The same behind the position, and among what is free. */
    static final int LOOK_BEHIND = 2_000;

    private static final int EXPIRED_LEASES = 200;

    private static final int MOST_FREED = 5_000;

    private static final UUID END = new UUID(-1, -1);

    /** No lease: under it is kept how often those were received that are done for now. */
    private static final UUID ASIDE = new UUID(-1, -1);

    private final JdbcClient jdbc;

    private final FenceRepository fences;

    LeaseRepository(JdbcClient jdbc, FenceRepository fences) {
        this.jdbc = jdbc;
        this.fences = fences;
    }

    /**
     * Locks out all others who lease in the organization, to the end of the transaction.
     * An instance that is frozen meanwhile loses its transaction, and the lock with it.
     */
    void lock(UUID organizationId) {
        this.jdbc.sql("""
                select set_config('idle_in_transaction_session_timeout', '2s', true),
                  pg_advisory_xact_lock(hashtextextended(:lease, 0))
                """).param("lease", "lease " + organizationId).query((row) -> {
        });
    }

    /**
     * Looks for events that may be leased, ahead of the position.
     */
    Found find(LeaseFilter filter, Position from, int wanted) {
        return statement(LeaseStatements.find(filter.type() != null), filter, from.ahead(), END, LOOK, wanted)
            .param("free", from.free())
            .param("look_free", LOOK_BEHIND)
            .param("leases", EXPIRED_LEASES)
            .param("most_freed", MOST_FREED)
            .query((ResultSetExtractor<Found>) (rows) -> found(rows, from, wanted));
    }

    /**
     * Looks for events that nobody has had, or that were opened again, behind the
     * position.
     */
    Walk behind(LeaseFilter filter, Position from, int wanted) {
        return statement(LeaseStatements.behind(filter.type() != null), filter, from.behind(), from.ahead(),
                LOOK_BEHIND, wanted)
            .query((ResultSetExtractor<Walk>) (rows) -> found(rows, from, wanted).ahead());
    }

    private JdbcClient.StatementSpec statement(String sql, LeaseFilter filter, UUID after, UUID until, int look,
            int wanted) {
        JdbcClient.StatementSpec statement = this.jdbc.sql(sql)
            .param("organization", filter.organizationId())
            .param("after", after)
            .param("until", until)
            .param("look", look)
            .param("wanted", wanted)
            .param("aside", ASIDE)
            .param("max_receives", filter.maxReceives());
        TypeFilter type = filter.type();
        if (type == null) {
            return statement;
        }
        return statement.param("low", type.low())
            .param("high", type.high())
            .param("visible", type.visible().patterns());
    }

    private static Found found(ResultSet rows, Position from, int wanted) throws SQLException {
        List<UUID> expired = new ArrayList<>();
        List<UUID> free = new ArrayList<>();
        List<UUID> ahead = new ArrayList<>();
        UUID freeEdge = null;
        UUID aheadEdge = null;
        UUID last = null;
        int ended = 0;
        while (rows.next()) {
            UUID eventId = rows.getObject("event_id", UUID.class);
            switch (rows.getString("found")) {
                case "expired" -> expired.add(eventId);
                case "free" -> free.add(eventId);
                case "ahead" -> ahead.add(eventId);
                case "ended" -> ended = rows.getInt("events");
                case "free edge" -> freeEdge = eventId;
                case "ahead edge" -> aheadEdge = eventId;
                default -> last = eventId;
            }
        }
        UUID all = (last != null) ? last : Walk.START;
        return new Found(expired, free(free, freeEdge, from, wanted), ahead(ahead, aheadEdge, all, wanted), ended);
    }

    /** One that has found enough begins there again: what is given back is older. */
    private static Walk free(List<UUID> eventIds, @Nullable UUID edge, Position from, int wanted) {
        if (eventIds.size() == wanted) {
            return new Walk(eventIds, from.free(), true);
        }
        return (edge != null) ? new Walk(eventIds, edge, true)
                : new Walk(eventIds, Walk.START, !from.free().equals(Walk.START));
    }

    private static Walk ahead(List<UUID> eventIds, @Nullable UUID edge, UUID all, int wanted) {
        if (eventIds.size() == wanted) {
            return new Walk(eventIds, null, true);
        }
        return (edge != null) ? new Walk(eventIds, edge, true) : new Walk(eventIds, all, false);
    }

    /**
     * Puts events aside that were leased once and are delivered, so that no look comes by
     * them again. How often they were received is kept: a redelivery opens them again.
     */
    void putAside(UUID organizationId, List<UUID> eventIds) {
        this.jdbc.sql("""
                update leased_events set lease_id = :aside
                where organization_id = :organization and event_id = any (:ids::uuid[])
                """).param("organization", organizationId).param("ids", array(eventIds)).param("aside", ASIDE).update();
    }

    /**
     * Forgets events that nobody will receive again.
     */
    void forget(UUID organizationId, List<UUID> eventIds) {
        this.jdbc.sql("""
                delete from leased_events where organization_id = :organization and event_id = any (:ids::uuid[])
                """).param("organization", organizationId).param("ids", array(eventIds)).update();
    }

    /**
     * Leases events, none of which anybody else may have, and reads their texts. The
     * range that the ids span spares the server opening the days that hold none of them.
     */
    Taken take(LeaseRequest request, UUID leaseId, List<UUID> eventIds) {
        Map<UUID, TakenEvent> events = HashMap.newHashMap(eventIds.size());
        return this.jdbc.sql("""
                with lease as (
                  insert into inbox_leases (organization_id, id, consumer, events, leased_until)
                  select :organization, :lease, :consumer, cardinality(:ids::uuid[]),
                    clock_timestamp() + :seconds * interval '1 second'
                  where not exists (select from fences where organization_id = :organization)
                  returning leased_until),
                taken as (
                  insert into leased_events (organization_id, event_id, lease_id, receives)
                  select :organization, id, :lease, 1 from unnest(:ids::uuid[]) id where exists (select from lease)
                  on conflict (organization_id, event_id) do update
                    set lease_id = excluded.lease_id, receives = leased_events.receives + 1
                    where leased_events.lease_id is null or leased_events.lease_id = :aside
                  returning event_id, receives)
                select leased_until, event_id, receives, type, dedup_id, payload from lease
                left join taken on true
                left join lateral (
                  select type, dedup_id, payload from events
                  where organization_id = :organization and id = taken.event_id and id between :first and :last
                  limit 1) event on true
                """)
            .param("organization", request.organizationId())
            .param("lease", leaseId)
            .param("consumer", request.consumer())
            .param("ids", array(eventIds))
            .param("aside", ASIDE)
            .param("first", Collections.min(eventIds))
            .param("last", Collections.max(eventIds))
            .param("seconds", request.time().toSeconds())
            .query((ResultSetExtractor<Taken>) (rows) -> {
                Instant until = null;
                while (rows.next()) {
                    until = rows.getObject("leased_until", OffsetDateTime.class).toInstant();
                    UUID eventId = rows.getObject("event_id", UUID.class);
                    String type = rows.getString("type");
                    if (eventId != null && type != null) {
                        EventTexts texts = new EventTexts(type, rows.getString("dedup_id"), rows.getString("payload"));
                        events.put(eventId, new TakenEvent(rows.getInt("receives"), texts));
                    }
                }
                if (until == null) {
                    throw new FencedException(request.organizationId());
                }
                return new Taken(until, events);
            });
    }

    /**
     * Lets a lease end later, or sooner, unless it has ended. Its end is compared with
     * the time at which its row was to be had, not with that of the call.
     * @param types the event types that the caller may see
     * @return null if it has ended, or holds an event of another type
     */
    @Nullable Lease extend(UUID organizationId, EventTypes types, UUID leaseId, Duration time) {
        Lease extended = this.jdbc
            .sql("""
                    update inbox_leases l set leased_until = clock_timestamp() + :seconds * interval '1 second'
                    where l.organization_id = :organization and l.id = :lease and l.held
                      and l.leased_until > clock_timestamp()
                      and not exists (select from fences f where f.organization_id = l.organization_id)
                      and exists (select from leased_events e where e.organization_id = :organization and e.lease_id = :lease)
                      and (:types::text[] is null or not exists (select from leased_events e
                        where e.organization_id = :organization and e.lease_id = :lease
                          and not (select v.type like any (:types::text[]) from events v
                            where v.organization_id = :organization and v.id = e.event_id limit 1)))
                    returning l.id, l.consumer, l.leased_until, (select count(*) from leased_events e
                      where e.organization_id = :organization and e.lease_id = :lease) as count
                    """)
            .param("organization", organizationId)
            .param("lease", leaseId)
            .param("types", types.patterns())
            .param("seconds", time.toSeconds())
            .query(LeaseRepository::lease)
            .optional()
            .orElse(null);
        if (extended == null) {
            this.fences.pass(organizationId);
        }
        return extended;
    }

    /**
     * Gives a lease back, unless it holds an event that the caller may not see.
     * @param types the event types that the caller may see
     * @param putOff the id under which its events are kept from everybody for a while
     */
    @Transactional
    public Released release(UUID organizationId, EventTypes types, UUID leaseId, Duration delay, UUID putOff) {
        lock(organizationId);
        this.fences.pass(organizationId);
        int released = this.jdbc.sql("""
                update leased_events set lease_id = :next::uuid
                where organization_id = :organization and lease_id = :lease
                  and exists (select from inbox_leases where organization_id = :organization and id = :lease
                    and held and leased_until > now())
                  and (:types::text[] is null or not exists (select from leased_events e
                    where e.organization_id = :organization and e.lease_id = :lease
                      and not (select v.type like any (:types::text[]) from events v
                        where v.organization_id = :organization and v.id = e.event_id limit 1)))
                """)
            .param("organization", organizationId)
            .param("types", types.patterns())
            .param("lease", leaseId)
            .param("next", delay.isZero() ? null : putOff)
            .update();
        if (released > 0) {
            this.jdbc.sql("delete from inbox_leases where organization_id = :organization and id = :lease")
                .param("organization", organizationId)
                .param("lease", leaseId)
                .update();
        }
        return new Released(released, putOff(organizationId, putOff, released, delay));
    }

    /**
     * The same with those of the events that are of the types, whoever has leased them.
     */
    @Transactional
    public Released release(UUID organizationId, EventTypes types, List<UUID> eventIds, Duration delay, UUID putOff) {
        lock(organizationId);
        this.fences.pass(organizationId);
        int released = this.jdbc.sql("""
                update leased_events e set lease_id = :next::uuid
                where e.organization_id = :organization and e.event_id = any (:ids::uuid[])
                  and exists (select from inbox_leases l where l.organization_id = :organization and l.id = e.lease_id
                    and l.held and l.leased_until > now())
                  and (:types::text[] is null or (select v.type like any (:types::text[]) from events v
                    where v.organization_id = :organization and v.id = e.event_id limit 1))
                """)
            .param("organization", organizationId)
            .param("types", types.patterns())
            .param("ids", array(eventIds))
            .param("next", delay.isZero() ? null : putOff)
            .update();
        return new Released(released, putOff(organizationId, putOff, released, delay));
    }

    private @Nullable Instant putOff(UUID organizationId, UUID id, int events, Duration delay) {
        if (events == 0 || delay.isZero()) {
            return null;
        }
        return this.jdbc.sql("""
                insert into inbox_leases (organization_id, id, held, events, leased_until)
                values (:organization, :id, false, :events, clock_timestamp() + :seconds * interval '1 second')
                returning leased_until
                """)
            .param("organization", organizationId)
            .param("id", id)
            .param("events", events)
            .param("seconds", delay.toSeconds())
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    }

    /**
     * Leases that have not ended, in the order in which they were given: as many as hold
     * no more events than a page may look at. One that holds an event that the caller may
     * not see has none for it.
     * @param types the event types that the caller may see
     * @param after the last lease of the page before
     */
    Page leases(UUID organizationId, EventTypes types, UUID after, int limit) {
        List<Lease> leases = new ArrayList<>();
        return this.jdbc.sql("""
                select l.id, l.consumer, l.leased_until, l.more,
                  case when held.hidden = 0 then held.count else 0 end as count from (
                  select id, consumer, leased_until, sum(events) over (order by id) - events as before,
                    row_number() over (order by id) as number, lead(id) over (order by id) is not null as more
                  from (select * from inbox_leases
                    where organization_id = :organization and id > :after and held and leased_until > now()
                    order by id limit :limit + 1) page) l
                cross join lateral (
                  select count(*), count(*) filter (where :types::text[] is not null
                    and not (select v.type like any (:types::text[]) from events v
                      where v.organization_id = :organization and v.id = e.event_id limit 1)) as hidden
                  from leased_events e where e.organization_id = :organization and e.lease_id = l.id) held
                where l.before < :look and l.number <= :limit
                order by l.id
                """)
            .param("organization", organizationId)
            .param("types", types.patterns())
            .param("after", after)
            .param("limit", limit)
            .param("look", LOOK)
            .query((ResultSetExtractor<Page>) (rows) -> {
                boolean more = false;
                while (rows.next()) {
                    more = rows.getBoolean("more");
                    leases.add(lease(rows, leases.size()));
                }
                return new Page(leases, more);
            });
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(Objects.requireNonNull(row.getObject("id", UUID.class)), row.getString("consumer"),
                row.getObject("leased_until", OffsetDateTime.class).toInstant(), row.getInt("count"));
    }

    private static String[] array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    /**
     * What was leased.
     *
     * @param leasedUntil to when
     * @param events the events; without those whose day was dropped since
     */
    record Taken(Instant leasedUntil, Map<UUID, TakenEvent> events) {

    }

    /**
     * An event that was leased.
     *
     * @param receives how often it has been leased by now
     * @param texts its texts
     */
    record TakenEvent(int receives, EventTexts texts) {

    }

    /**
     * A page of leases.
     *
     * @param leases those that have not ended; some may have no events left
     * @param more whether there are more
     */
    record Page(List<Lease> leases, boolean more) {

    }

    /**
     * What was given back.
     *
     * @param events how many events
     * @param until when they may be leased again; null: at once
     */
    record Released(int events, @Nullable Instant until) {

    }

}
