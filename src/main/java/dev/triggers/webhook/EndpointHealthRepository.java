package dev.triggers.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The health of endpoints, as their owner sees it.
 */
@Repository
class EndpointHealthRepository {

    private final JdbcClient jdbc;

    EndpointHealthRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, EndpointHealth> find(Collection<UUID> endpointIds) {
        Map<UUID, EndpointHealth> found = new HashMap<>();
        this.jdbc
            .sql("""
                    select endpoint_id, consecutive_failures, failing_since,
                        case when circuit_openings = 0 then 'closed' when circuit_open_until > now() then 'open'
                            else 'half_open' end circuit,
                        case when circuit_openings > 0 and circuit_open_until > now() then circuit_open_until end open_until,
                        case when held_until > now() then held_until end held_until
                    from endpoint_health where endpoint_id = any(:endpoints)
                    """)
            .param("endpoints", endpointIds.toArray(UUID[]::new))
            .query((row) -> {
                found.put(row.getObject("endpoint_id", UUID.class),
                        new EndpointHealth(row.getString("circuit"), instant(row, "open_until"),
                                row.getInt("consecutive_failures"), instant(row, "failing_since"),
                                instant(row, "held_until")));
            });
        return found;
    }

    /**
     * Forgets what the attempts so far have shown.
     */
    void reset(UUID endpointId) {
        this.jdbc.sql("""
                with before as materialized (
                  select circuit_openings from endpoint_health where endpoint_id = :endpoint for update),
                closed as (
                  insert into circuit_changes (endpoint_id, at, open)
                  select :endpoint, now(), false from before where circuit_openings > 0 on conflict do nothing)
                update endpoint_health set consecutive_failures = 0, failing_since = null, circuit_openings = 0,
                    circuit_open_until = '-infinity', held_until = '-infinity'
                where endpoint_id = :endpoint
                """).param("endpoint", endpointId).update();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return (value != null) ? value.toInstant() : null;
    }

}
