package dev.triggers.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The health of endpoints, shared by all instances: failures in a row, the circuit, and
 * how long an endpoint asked to be left alone.
 */
@Repository
class CircuitRepository {

    private final JdbcTemplate jdbc;

    private final DeliveryProperties properties;

    CircuitRepository(JdbcTemplate jdbc, DeliveryProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * Takes in what attempts have shown, one entry an endpoint. Writes only what changes:
     * a success of a healthy endpoint costs a look.
     * @return the endpoints that changed
     */
    List<CircuitChange> update(List<Observation> observations) {
        return this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                            with seen as (
                              select * from unnest(?::uuid[], ?::bool[], ?::int[], ?::bool[], ?::bigint[], ?::bool[])
                                s (endpoint_id, succeeded, failures, probe_failed, hold, slowed) order by endpoint_id),
                            before as materialized (
                              select s.*, h.tid, h.circuit_openings as openings_before,
                                case when s.succeeded then 0 else h.consecutive_failures end + s.failures as consecutive,
                                case when s.succeeded then 0 else h.circuit_openings end as openings,
                                case when s.failures = 0 then null when s.succeeded then now()
                                  else coalesce(h.failing_since, now()) end as failing
                              from seen s cross join lateral (select h.ctid as tid, h.* from endpoint_health h
                                where h.endpoint_id = s.endpoint_id
                                  and (s.failures > 0 or s.hold > 0 or h.consecutive_failures > 0 or h.circuit_openings > 0)
                                for update) h),
                            decided as (
                              select b.*, (b.consecutive >= ? and b.openings = 0) or b.probe_failed as opens,
                                greatest(b.hold, case when b.slowed and b.consecutive > 1 then ? else 0 end) as pause
                              from before b),
                            changed as (update endpoint_health h set
                              consecutive_failures = d.consecutive,
                              failing_since = d.failing,
                              circuit_openings = d.openings + case when d.opens then 1 else 0 end,
                              circuit_open_until = case
                                when d.opens then now() + least(? * power(2, least(d.openings, 20)), ?) * interval '1 millisecond'
                                when d.openings = 0 then '-infinity'
                                else h.circuit_open_until end,
                              held_until = case when d.pause > 0
                                then greatest(h.held_until, now() + d.pause * interval '1 millisecond') else h.held_until end
                            from decided d where h.ctid = d.tid
                            returning h.endpoint_id, h.consecutive_failures, d.openings_before, h.circuit_openings,
                              greatest(0, extract(epoch from greatest(h.circuit_open_until, h.held_until, now()) - now()) * 1000)::bigint as quiet,
                              coalesce(extract(epoch from now() - h.failing_since) * 1000, 0)::bigint as failing_for),
                            noted as (
                              insert into circuit_changes (endpoint_id, at, open)
                              select endpoint_id, now(), circuit_openings > 0 from changed
                              where (openings_before > 0) <> (circuit_openings > 0)
                              on conflict do nothing)
                            select endpoint_id, consecutive_failures, openings_before, circuit_openings, quiet, failing_for from changed
                            """)) {
                bind(connection, statement, observations);
                statement.setInt(7, this.properties.circuitFailures());
                statement.setLong(8, this.properties.firstWait().toMillis());
                statement.setLong(9, this.properties.circuitOpen().toMillis());
                statement.setLong(10, this.properties.circuitLongest().toMillis());
                try (ResultSet rows = statement.executeQuery()) {
                    List<CircuitChange> changed = new ArrayList<>();
                    while (rows.next()) {
                        changed.add(new CircuitChange(rows.getObject(1, UUID.class), rows.getInt(2), rows.getInt(3) > 0,
                                rows.getInt(4) > 0, Duration.ofMillis(rows.getLong(5)),
                                Duration.ofMillis(rows.getLong(6))));
                    }
                    return changed;
                }
            }
        });
    }

    /**
     * Those of the endpoints whose circuit is open or that asked to be left alone.
     */
    Set<UUID> unavailable(Set<UUID> endpointIds) {
        if (endpointIds.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(this.jdbc.queryForList("""
                select endpoint_id from endpoint_health
                where endpoint_id = any (?::uuid[]) and (circuit_openings > 0 or held_until > now())
                """, UUID.class, (Object) endpointIds.stream().map(UUID::toString).toArray(String[]::new)));
    }

    private static void bind(Connection connection, PreparedStatement statement, List<Observation> observations)
            throws SQLException {
        int count = observations.size();
        Object[] ids = new Object[count];
        Object[] succeeded = new Object[count];
        Object[] failures = new Object[count];
        Object[] probeFailed = new Object[count];
        Object[] hold = new Object[count];
        Object[] slowed = new Object[count];
        for (int i = 0; i < count; i++) {
            Observation observation = observations.get(i);
            ids[i] = observation.endpointId().toString();
            succeeded[i] = observation.succeeded();
            failures[i] = observation.failures();
            probeFailed[i] = observation.probeFailed();
            hold[i] = observation.hold().toMillis();
            slowed[i] = observation.slowed();
        }
        statement.setArray(1, connection.createArrayOf("uuid", ids));
        statement.setArray(2, connection.createArrayOf("bool", succeeded));
        statement.setArray(3, connection.createArrayOf("int4", failures));
        statement.setArray(4, connection.createArrayOf("bool", probeFailed));
        statement.setArray(5, connection.createArrayOf("int8", hold));
        statement.setArray(6, connection.createArrayOf("bool", slowed));
    }

    /**
     * What a batch of attempts has shown of an endpoint.
     *
     * @param endpointId the endpoint
     * @param succeeded whether any attempt succeeded
     * @param failures failures since the last success of the batch
     * @param probeFailed whether the probe of an open circuit failed
     * @param hold how long the endpoint asks to be left alone
     * @param slowed whether it asked for fewer requests: the second time in a row, it is
     * left alone for the first wait of the schedule, whether it named a time or not
     */
    record Observation(UUID endpointId, boolean succeeded, int failures, boolean probeFailed, Duration hold,
            boolean slowed) {

    }

}
