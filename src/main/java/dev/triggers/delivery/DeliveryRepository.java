package dev.triggers.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The hot side of delivery: claims, their outcomes, and their release. Each is one
 * statement, committed by itself; nothing is locked between them.
 */
@Repository
class DeliveryRepository {

    /** Endpoints looked at by one claim. */
    static final int PROBES = 200;

    /** Larger payloads are read when they are sent. */
    private static final int INLINE_PAYLOAD = 16 * 1024;

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcTemplate jdbc;

    DeliveryRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Leases due deliveries to this instance, taking turns among the endpoints that have
     * any and may be sent to.
     */
    Claim claim(Claim.Request request) {
        long claimedAt = System.nanoTime();
        return this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                            with recursive ring as (
                              (select endpoint_id, due_at, 1 i from event_deliveries
                                where endpoint_id > ? and due_at < 'infinity' order by endpoint_id, due_at limit 1)
                              union all
                              select x.endpoint_id, x.due_at, ring.i + 1 from ring cross join lateral (
                                select endpoint_id, due_at from event_deliveries
                                where endpoint_id > ring.endpoint_id and due_at < 'infinity'
                                order by endpoint_id, due_at limit 1) x
                              where ring.i < ?),
                            sendable as (
                              select r.endpoint_id, r.i, r.due_at, p.organization_id, p.ordered, p.rate_limit_per_second as rate,
                                h.circuit_openings > 0 as probe, h.next_send_at,
                                least(coalesce(b.room, ?), coalesce(o.room, ?)) as room
                              from ring r
                              cross join lateral (select * from endpoints p
                                where p.id = r.endpoint_id and p.enabled and p.deleted_at is null limit 1) p
                              cross join lateral (select * from endpoint_health h where h.endpoint_id = r.endpoint_id
                                and h.circuit_open_until <= now() and h.held_until <= now() limit 1) h
                              left join unnest(?::uuid[], ?::int[]) b (id, room) on b.id = r.endpoint_id
                              left join unnest(?::uuid[], ?::int[]) o (id, room) on o.id = p.organization_id
                              where r.due_at <= now()),
                            fair as (
                              select s.*, greatest(1, ? / (select count(distinct organization_id) from sendable)
                                / count(*) over (partition by organization_id))::int as turn
                              from sendable s where room > 0 and (rate is null or next_send_at <= now())),
                            -- Where instances must agree, the endpoint's row decides, and one instance at a time looks.
                            agreed as materialized (
                              select f.endpoint_id, h.ordered_event_id, h.tid,
                                -- Null where it does not count: PostgreSQL before 17 subtracts no infinite times.
                                case when f.rate is not null then greatest(h.next_send_at,
                                  now() - interval '1 second' * greatest(f.rate / 10 - 1, 0) / f.rate) end as sent_until
                              from fair f cross join lateral (select h.*, h.ctid as tid from endpoint_health h
                                where h.endpoint_id = f.endpoint_id and h.circuit_open_until <= now()
                                  and (f.rate is null or h.next_send_at <= now())
                                for update skip locked) h
                              where f.probe or f.ordered or f.rate is not null),
                            ready as (
                              select f.*, a.ordered_event_id, a.sent_until,
                                least(f.room, f.turn,
                                  case when f.probe or f.ordered then 1 end,
                                  floor(extract(epoch from now() - a.sent_until) * f.rate)::int + 1) as take
                              from fair f left join agreed a on a.endpoint_id = f.endpoint_id
                              where a.endpoint_id is not null or not (f.probe or f.ordered or f.rate is not null)),
                            due as materialized (
                              select d.tid, r.endpoint_id, r.take, r.probe from ready r cross join lateral (
                                select ctid as tid from event_deliveries d
                                where d.endpoint_id = r.endpoint_id and d.due_at <= now() and d.due_at < 'infinity'
                                  and (not r.ordered or d.event_id = r.ordered_event_id)
                                order by d.due_at limit r.take for update skip locked) d
                              order by r.i limit ?),
                            taken as (
                              update event_deliveries t set due_at = now() + ? * interval '1 millisecond', leased = true
                              from due where t.ctid = due.tid
                              returning t.*, due.take, due.probe),
                            shown as (
                              update endpoint_health h set
                                circuit_open_until = case when c.probe then now() + ? * interval '1 millisecond'
                                  else h.circuit_open_until end,
                                next_send_at = coalesce(a.sent_until + interval '1 second' * c.sent
                                  / (select f.rate from fair f where f.endpoint_id = c.endpoint_id), h.next_send_at)
                              from (select endpoint_id, bool_or(probe) as probe, count(*) as sent
                                    from taken group by endpoint_id) c, agreed a
                              where a.endpoint_id = c.endpoint_id and h.ctid = a.tid)
                            select l.looked, l.last_endpoint, l.oldest, l.throttled, t.organization_id, t.event_id, t.endpoint_id, t.due_at,
                              t.attempts, t.remaining, t.take, t.probe, e.type, e.size, e.payload
                            from (select count(*) as looked, (select endpoint_id from ring order by i desc limit 1) as last_endpoint,
                                    (select extract(epoch from now() - min(due_at)) * 1000 from sendable) as oldest,
                                    (select extract(epoch from min(next_send_at) - now()) * 1000 from sendable
                                      where rate is not null and next_send_at > now()) as throttled
                                  from ring) l
                            left join taken t on true
                            left join lateral (select e.type, octet_length(e.payload) as size,
                                case when octet_length(e.payload) <= ? then e.payload end as payload
                              from events e where e.organization_id = t.organization_id and e.id = t.event_id) e on true
                            """)) {
                Rooms endpoints = Rooms.of(connection, request.endpointRooms());
                Rooms organizations = Rooms.of(connection, request.organizationRooms());
                statement.setObject(1, request.after());
                statement.setInt(2, PROBES);
                statement.setInt(3, request.defaultRoom());
                statement.setInt(4, Integer.MAX_VALUE);
                statement.setArray(5, endpoints.ids());
                statement.setArray(6, endpoints.rooms());
                statement.setArray(7, organizations.ids());
                statement.setArray(8, organizations.rooms());
                statement.setInt(9, request.limit());
                statement.setInt(10, request.limit());
                statement.setLong(11, request.lease().toMillis());
                statement.setLong(12, request.lease().toMillis());
                statement.setInt(13, INLINE_PAYLOAD);
                try (ResultSet rows = statement.executeQuery()) {
                    return claim(rows, request.limit(), claimedAt);
                }
            }
        });
    }

    private static Claim claim(ResultSet rows, int limit, long claimedAt) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        Map<UUID, Integer> left = new HashMap<>();
        int lookedAt = 0;
        UUID last = NOBODY;
        UUID lastTaken = NOBODY;
        int taken = 0;
        Duration oldest = Duration.ZERO;
        @Nullable Duration throttled = null;
        while (rows.next()) {
            lookedAt = rows.getInt("looked");
            if (lookedAt == 0) {
                break;
            }
            last = rows.getObject("last_endpoint", UUID.class);
            oldest = Duration.ofMillis(Math.max(0, rows.getLong("oldest")));
            double untilToken = rows.getDouble("throttled");
            throttled = rows.wasNull() ? null : Duration.ofMillis((long) Math.ceil(untilToken));
            UUID eventId = rows.getObject("event_id", UUID.class);
            if (eventId == null) {
                continue; // nothing taken
            }
            taken++;
            UUID endpointId = rows.getObject("endpoint_id", UUID.class);
            lastTaken = (endpointId.compareTo(lastTaken) > 0) ? endpointId : lastTaken;
            if (rows.getString("type") == null) {
                continue; // an event that retention has just dropped
            }
            int take = rows.getInt("take");
            left.merge(endpointId, take - 1, (before, ignored) -> before - 1);
            deliveries.add(new Delivery(rows.getObject("organization_id", UUID.class), eventId, endpointId,
                    rows.getObject("due_at", OffsetDateTime.class), rows.getInt("attempts"), rows.getInt("remaining"),
                    rows.getString("type"), rows.getString("payload"), rows.getInt("size"), rows.getBoolean("probe"),
                    claimedAt));
        }
        Set<UUID> drained = new HashSet<>();
        left.forEach((endpoint, room) -> {
            if (room > 0) {
                drained.add(endpoint);
            }
        });
        if (taken >= limit) {
            // Endpoints behind this one had no turn: it is theirs next.
            drained.remove(lastTaken);
            return new Claim(deliveries, drained, lookedAt, lastTaken, oldest, throttled);
        }
        return new Claim(deliveries, drained, lookedAt, (lookedAt < PROBES) ? null : last, oldest, throttled);
    }

    /**
     * Ends attempts: logs each, and settles what becomes of its delivery. An outcome
     * whose lease was lost, or whose event was acknowledged meanwhile, changes nothing. A
     * deleted endpoint's last failure leaves no dead letter: its delivery is cancelled.
     */
    Recorded record(List<AttemptOutcome> outcomes) {
        return this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                            with o as (
                              select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::bigint[],
                                  ?::timestamptz[], ?::int[], ?::int[], ?::text[], ?::text[], ?::bytea[]) with ordinality
                                o (organization_id, event_id, endpoint_id, lease, outcome, wait, started_at, duration_ms,
                                  response_status, error_code, error, response_body, position)
                              order by organization_id, event_id, endpoint_id),
                            held as materialized (
                              select o.*, d.tid, d.number, d.remaining,
                                case when o.outcome = 'f' and exists (select from endpoints p
                                  where p.id = o.endpoint_id and p.deleted_at is not null) then 'r' else o.outcome end as verdict
                              from o cross join lateral (
                                select d.ctid as tid, d.attempts + 1 as number, d.remaining from event_deliveries d
                                where d.organization_id = o.organization_id and d.event_id = o.event_id
                                  and d.endpoint_id = o.endpoint_id and d.due_at = o.lease for update) d),
                            again as (
                              update event_deliveries d set due_at = now() + h.wait * interval '1 millisecond',
                                attempts = h.number, remaining = h.remaining - 1, leased = false
                              from held h where h.verdict = 'r' and d.ctid = h.tid),
                            gone as (
                              delete from event_deliveries where ctid = any (array(select tid from held where verdict <> 'r'))),
                            dead as (
                              insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                              select organization_id, event_id, endpoint_id, number, now() from held where verdict = 'f'
                              on conflict (organization_id, event_id, endpoint_id) do update
                                set attempts = excluded.attempts, failed_at = excluded.failed_at),
                            log as (
                              insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at,
                                duration_ms, outcome, response_status, error_code, error, response_body)
                              select organization_id, event_id, endpoint_id, number, started_at, duration_ms, verdict::"char",
                                response_status, error_code, error, response_body from held)
                            select position::int - 1, verdict = 'f' from held
                            """)) {
                bind(connection, statement, outcomes);
                try (ResultSet rows = statement.executeQuery()) {
                    Recorded recorded = new Recorded(new HashSet<>(), new HashSet<>());
                    while (rows.next()) {
                        recorded.counted.add(rows.getInt(1));
                        if (rows.getBoolean(2)) {
                            recorded.dead.add(rows.getInt(1));
                        }
                    }
                    return recorded;
                }
            }
        });
    }

    private static void bind(Connection connection, PreparedStatement statement, List<AttemptOutcome> outcomes)
            throws SQLException {
        set(connection, statement, 1, "uuid", outcomes, (outcome) -> outcome.delivery().organizationId().toString());
        set(connection, statement, 2, "uuid", outcomes, (outcome) -> outcome.delivery().eventId().toString());
        set(connection, statement, 3, "uuid", outcomes, (outcome) -> outcome.delivery().endpointId().toString());
        set(connection, statement, 4, "timestamptz", outcomes, (outcome) -> outcome.delivery().lease().toString());
        set(connection, statement, 5, "text", outcomes, AttemptOutcome::verdictCode);
        set(connection, statement, 6, "bigint", outcomes, AttemptOutcome::waitMillis);
        set(connection, statement, 7, "timestamptz", outcomes, (outcome) -> outcome.startedAt().toString());
        set(connection, statement, 8, "int", outcomes, (outcome) -> (int) outcome.duration().toMillis());
        set(connection, statement, 9, "int", outcomes, (outcome) -> outcome.result().status());
        set(connection, statement, 10, "text", outcomes, AttemptOutcome::errorCode);
        set(connection, statement, 11, "text", outcomes, AttemptOutcome::error);
        set(connection, statement, 12, "bytea", outcomes, (outcome) -> outcome.result().body().bytesOrNull());
    }

    private static void set(Connection connection, PreparedStatement statement, int index, String type,
            List<AttemptOutcome> outcomes, Function<AttemptOutcome, @Nullable Object> column) throws SQLException {
        @Nullable Object[] values = type.equals("bytea") ? new byte[outcomes.size()][] : new Object[outcomes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(outcomes.get(i));
        }
        statement.setArray(index, connection.createArrayOf(type, values));
    }

    /**
     * Gives claimed deliveries back, unsent: they are due after the given delay.
     */
    void release(List<Delivery> deliveries, Duration delay) {
        this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    update event_deliveries d set due_at = now() + ? * interval '1 millisecond', leased = false
                    from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::timestamptz[])
                      r (organization_id, event_id, endpoint_id, lease)
                    where d.organization_id = r.organization_id and d.event_id = r.event_id
                      and d.endpoint_id = r.endpoint_id and d.due_at = r.lease
                    """)) {
                statement.setLong(1, delay.toMillis());
                statement.setArray(2, texts(connection, "uuid", deliveries, Delivery::organizationId));
                statement.setArray(3, texts(connection, "uuid", deliveries, Delivery::eventId));
                statement.setArray(4, texts(connection, "uuid", deliveries, Delivery::endpointId));
                statement.setArray(5, texts(connection, "timestamptz", deliveries, Delivery::lease));
                return statement.executeUpdate();
            }
        });
    }

    private static java.sql.Array texts(Connection connection, String type, List<Delivery> deliveries,
            Function<Delivery, Object> column) throws SQLException {
        return connection.createArrayOf(type,
                deliveries.stream().map(column).map(Object::toString).toArray(Object[]::new));
    }

    /**
     * The payload of a claimed delivery that came without it.
     * @return null if retention has dropped the event
     */
    @Nullable String payload(Delivery delivery) {
        return this.jdbc.query("select payload from events where organization_id = ? and id = ?",
                (rows) -> rows.next() ? rows.getString(1) : null, delivery.organizationId(), delivery.eventId());
    }

    /**
     * Deliveries that are not yet done, as the server's statistics estimate them.
     */
    long estimateOpen() {
        Long rows = this.jdbc
            .queryForObject("select coalesce(pg_stat_get_live_tuples('event_deliveries'::regclass), 0)", Long.class);
        return (rows != null) ? rows : 0;
    }

    /**
     * What became of outcomes, as positions in the list that was to be recorded.
     *
     * @param counted those that were still awaited
     * @param dead those of them that ended their delivery as failed
     */
    record Recorded(Set<Integer> counted, Set<Integer> dead) {

    }

    private record Rooms(java.sql.Array ids, java.sql.Array rooms) {

        static Rooms of(Connection connection, Map<UUID, Integer> rooms) throws SQLException {
            return new Rooms(connection.createArrayOf("uuid", rooms.keySet().stream().map(UUID::toString).toArray()),
                    connection.createArrayOf("int", rooms.values().toArray()));
        }

    }

}
