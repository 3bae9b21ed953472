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

import dev.triggers.trace.Lineage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Claims of due deliveries: one statement, committed by itself. A lease says whose a
 * delivery is; nothing stays locked.
 */
@Repository
class ClaimRepository {

    /** Endpoints looked at by one claim. */
    static final int PROBES = 200;

    /** Larger payloads are read when they are sent. */
    private static final int INLINE_PAYLOAD = 16 * 1024;

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcTemplate jdbc;

    ClaimRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Leases due deliveries to this instance, taking turns among the endpoints that have
     * any and may be sent to.
     */
    Claim claim(Claim.Request request) {
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
                                where p.id = r.endpoint_id and p.enabled and not p.resting and p.deleted_at is null limit 1) p
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
                              update event_deliveries t set due_at = now() + ? * interval '1 millisecond', leased = ?
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
                              t.attempts, t.remaining, t.take, t.probe, t.trace, e.type, e.size, e.payload
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
                statement.setShort(12, request.instance());
                statement.setLong(13, request.lease().toMillis());
                statement.setInt(14, INLINE_PAYLOAD);
                try (ResultSet rows = statement.executeQuery()) {
                    return claim(rows, request.limit(), request.claimedAt());
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
                // Nothing taken
                continue;
            }
            taken++;
            UUID endpointId = rows.getObject("endpoint_id", UUID.class);
            lastTaken = (endpointId.compareTo(lastTaken) > 0) ? endpointId : lastTaken;
            if (rows.getString("type") == null) {
                // An event that retention has just dropped
                continue;
            }
            int take = rows.getInt("take");
            left.merge(endpointId, take - 1, (before, ignored) -> before - 1);
            deliveries.add(new Delivery(rows.getObject("organization_id", UUID.class), eventId, endpointId,
                    rows.getObject("due_at", OffsetDateTime.class), rows.getInt("attempts"), rows.getInt("remaining"),
                    rows.getString("type"), rows.getString("payload"), rows.getInt("size"), rows.getBoolean("probe"),
                    Lineage.of(rows.getBytes("trace")), claimedAt));
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

    private record Rooms(java.sql.Array ids, java.sql.Array rooms) {

        static Rooms of(Connection connection, Map<UUID, Integer> rooms) throws SQLException {
            return new Rooms(connection.createArrayOf("uuid", rooms.keySet().stream().map(UUID::toString).toArray()),
                    connection.createArrayOf("int", rooms.values().toArray()));
        }

    }

}
