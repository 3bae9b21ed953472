package dev.triggers.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import dev.triggers.database.BinaryArray;
import dev.triggers.time.UuidV7;
import dev.triggers.trace.TraceContext;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Stores events. A batch, its deliveries and its verdicts on duplicates are one
 * statement, committed by itself.
 */
@Repository
class EventRepository {

    /**
     * What is added to a day that has been over for so long is written down: readers of
     * the log that are past it look into that day once more.
     */
    private static final Duration LATE = Duration.ofHours(1);

    private final JdbcTemplate jdbc;

    EventRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a batch, in which no {@code dedup_id} of an organization stands twice.
     * @param events the events
     * @param ready the endpoints of an organization to which deliveries are stored leased
     * @param attempts attempts of a delivery, unless its endpoint has a schedule
     * @param lease how long they are leased
     * @param instance the number that the leases carry, unless there are none
     */
    Stored store(List<NewEvent> events, Function<UUID, List<UUID>> ready, int attempts, Duration lease,
            OptionalInt instance) {
        // Answering may take a connection, which must not be waited for while holding
        // one.
        Map<UUID, @Nullable String> readyTexts = new HashMap<>();
        events
            .forEach((event) -> readyTexts.computeIfAbsent(event.organizationId(), (id) -> arrayText(ready.apply(id))));
        return this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                            with input as (
                              select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[]::timestamptz[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::bytea[])
                                i (organization_id, id, type, dedup_id, deliver_at, payload, ready, first_id, last_id, trace)
                              where not exists (select from fences f where f.organization_id = i.organization_id)),
                            won as (
                              insert into deduplication_cache as c (organization_id, dedup_id, event_id, expires_at)
                              select organization_id, dedup_id, id, now() + interval '24 hours' from input
                              where dedup_id is not null order by organization_id, dedup_id
                              on conflict (organization_id, dedup_id) do update
                                set event_id = excluded.event_id, expires_at = excluded.expires_at where c.expires_at <= now()
                              returning event_id),
                            accepted as (
                              select * from input i
                              where dedup_id is null or exists (select from won where won.event_id = i.id)),
                            stored as (
                              insert into events (organization_id, id, position, last_id, type, dedup_id, deliver_at, payload)
                              select organization_id, id, (select case when now() > ?::timestamptz then late_log_position(?::date)
                                  else (generation::bigint << 48) + pg_current_xact_id()::text::bigint end
                                  from log_state where one and timeline = log_timeline()),
                                case when case when (select count(*) from won) = ? then id = first_id
                                    else id in (select distinct on (organization_id) id from accepted
                                      order by organization_id, id) end
                                  then last_id end,
                                type, dedup_id, deliver_at, payload
                              from accepted),
                            delivery as (
                              insert into event_deliveries as d (organization_id, event_id, endpoint_id, due_at, remaining, leased, trace)
                              select a.organization_id, a.id, coalesce(p.id, '00000000-0000-0000-0000-000000000000'),
                                case when a.deliver_at is not null then greatest(a.deliver_at, now())
                                     when p.id is null or p.ordered then 'infinity'
                                     when p.id = any (a.ready::uuid[]) then now() + ? * interval '1 millisecond'
                                     else now() end,
                                coalesce(cardinality(p.retry_schedule) + 1, ?),
                                case when a.deliver_at is null and not p.ordered and p.id = any (a.ready::uuid[]) then ?::smallint end,
                                a.trace
                              from accepted a left join lateral (
                                select p.id, p.ordered, p.retry_schedule from endpoints p
                                where p.organization_id = a.organization_id and p.deleted_at is null and not p.operations
                                  and (p.event_patterns is null or a.type like any (p.event_patterns))) p on true
                              returning d.event_id, d.endpoint_id, d.due_at, d.remaining)
                            select event_id, endpoint_id, due_at, remaining from delivery where due_at > now() and due_at < 'infinity'
                            union all
                            select distinct null::uuid, endpoint_id, null::timestamptz, 0 from delivery where due_at <= now()
                            union all
                            select distinct null::uuid, endpoint_id, 'infinity'::timestamptz, 0 from delivery
                            where due_at = 'infinity' and endpoint_id <> '00000000-0000-0000-0000-000000000000'
                            union all
                            select id, null, null, 0 from input i
                            where dedup_id is not null and not exists (select from won where won.event_id = i.id)
                            union all
                            select organization_id, null, null, -1 from fences where organization_id = any (?::uuid[])
                            """)) {
                bind(connection, statement, events, readyTexts);
                statement.setLong(14, lease.toMillis());
                statement.setInt(15, attempts);
                statement.setInt(16, instance.orElse(0));
                try (ResultSet rows = statement.executeQuery()) {
                    return stored(events, rows);
                }
            }
        });
    }

    private static void bind(Connection connection, PreparedStatement statement, List<NewEvent> events,
            Map<UUID, @Nullable String> ready) throws SQLException {
        Array organizations = BinaryArray.uuids(connection, events, NewEvent::organizationId);
        statement.setArray(1, organizations);
        statement.setArray(2, BinaryArray.uuids(connection, events, NewEvent::id));
        statement.setArray(3, BinaryArray.texts(connection, events, NewEvent::type));
        statement.setArray(4, BinaryArray.texts(connection, events, NewEvent::dedupId));
        statement.setArray(5, BinaryArray.texts(connection, events, EventRepository::deliverAt));
        statement.setArray(6, BinaryArray.texts(connection, events, NewEvent::payload));
        statement.setArray(7, BinaryArray.texts(connection, events, (event) -> ready.get(event.organizationId())));
        LogSpans spans = LogSpans.of(events);
        statement.setArray(8, BinaryArray.uuids(connection, events, spans::first));
        statement.setArray(9, BinaryArray.uuids(connection, events, spans::last));
        statement.setArray(10, traces(connection, events));
        LocalDate oldest = LocalDate.ofInstant(UuidV7.instant(spans.oldest()), ZoneOffset.UTC);
        statement.setObject(11, oldest.plusDays(1).atStartOfDay().plus(LATE).atOffset(ZoneOffset.UTC));
        statement.setObject(12, oldest);
        statement.setLong(13, events.stream().filter((event) -> event.dedupId() != null).count());
        statement.setArray(17, organizations);
    }

    /** Null where none of them has one. */
    private static @Nullable Array traces(Connection connection, List<NewEvent> events) throws SQLException {
        if (events.stream().allMatch((event) -> event.trace() == null)) {
            return null;
        }
        @Nullable Object[] traces = new byte[events.size()][];
        for (int i = 0; i < traces.length; i++) {
            TraceContext trace = events.get(i).trace();
            traces[i] = (trace != null) ? trace.bytes() : null;
        }
        return connection.createArrayOf("bytea", traces);
    }

    private static @Nullable String deliverAt(NewEvent event) {
        return (event.deliverAt() != null) ? event.deliverAt().toString() : null;
    }

    private static @Nullable String arrayText(List<UUID> ids) {
        if (ids.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder("{");
        ids.forEach((id) -> text.append((text.length() > 1) ? "," : "").append(id));
        return text.append('}').toString();
    }

    private static Stored stored(List<NewEvent> events, ResultSet rows) throws SQLException {
        List<LeasedDelivery> leased = new ArrayList<>();
        Set<UUID> claimable = new HashSet<>();
        Set<UUID> duplicates = new HashSet<>();
        Set<UUID> fenced = new HashSet<>(0);
        Map<UUID, NewEvent> byId = HashMap.newHashMap(events.size());
        while (rows.next()) {
            UUID eventId = rows.getObject(1, UUID.class);
            UUID endpointId = rows.getObject(2, UUID.class);
            if (eventId == null) {
                claimable.add(endpointId);
            }
            else if (endpointId == null) {
                (rows.getInt(4) < 0 ? fenced : duplicates).add(eventId);
            }
            else {
                if (byId.isEmpty()) {
                    events.forEach((event) -> byId.put(event.id(), event));
                }
                NewEvent event = byId.get(eventId);
                if (event != null && event.deliverAt() == null) {
                    leased.add(new LeasedDelivery(event, endpointId, rows.getObject(3, OffsetDateTime.class),
                            rows.getInt(4)));
                }
            }
        }
        return new Stored(leased, claimable, duplicates, fenced);
    }

    /**
     * The events whose {@code dedup_id} these duplicates repeat.
     */
    Map<DedupKey, UUID> originals(List<NewEvent> duplicates) {
        Map<DedupKey, UUID> originals = HashMap.newHashMap(duplicates.size());
        this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    select c.organization_id, c.dedup_id, c.event_id
                    from unnest(?::uuid[], ?::text[]) k (organization_id, dedup_id)
                    cross join lateral (select * from deduplication_cache c
                      where c.organization_id = k.organization_id and c.dedup_id = k.dedup_id) c
                    """)) {
                statement.setArray(1, BinaryArray.uuids(connection, duplicates, NewEvent::organizationId));
                statement.setArray(2, BinaryArray.texts(connection, duplicates, NewEvent::dedupId));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        originals.put(new DedupKey(rows.getObject(1, UUID.class), rows.getString(2)),
                                rows.getObject(3, UUID.class));
                    }
                }
            }
            return originals;
        });
        return originals;
    }

    /**
     * Removes verdicts on duplicates that have expired, a range of the table's blocks at
     * a time: an index on their expiry would cost every insert.
     * @return whether the table goes on after the range
     */
    boolean removeExpiredVerdicts(int block, int blocks) {
        Integer pages = this.jdbc.queryForObject(
                "select (pg_relation_size('deduplication_cache') / current_setting('block_size')::int)::int",
                Integer.class);
        this.jdbc.update("""
                delete from deduplication_cache where ctid = any (array(select ctid from deduplication_cache
                  where ctid >= ?::tid and ctid < ?::tid and expires_at <= now() for update skip locked))
                """, "(" + block + ",0)", "(" + (block + blocks) + ",0)");
        return pages != null && pages > block + blocks;
    }

    /**
     * What a batch became.
     *
     * @param leased deliveries leased to this instance
     * @param claimable endpoints to which deliveries were stored for whoever claims them
     * @param duplicates identifiers of the events that were not stored
     * @param fenced organizations none of whose events were
     */
    record Stored(List<LeasedDelivery> leased, Set<UUID> claimable, Set<UUID> duplicates, Set<UUID> fenced) {

    }

    /**
     * What refuses an event as a duplicate.
     *
     * @param organizationId the organization
     * @param dedupId its word for the event
     */
    record DedupKey(UUID organizationId, String dedupId) {

        static DedupKey of(NewEvent event) {
            if (event.dedupId() == null) {
                throw new IllegalArgumentException("An event without dedup_id has no duplicates");
            }
            return new DedupKey(event.organizationId(), event.dedupId());
        }

    }

}
