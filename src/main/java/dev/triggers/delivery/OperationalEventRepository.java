package dev.triggers.delivery;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores the service's own events, with deliveries to the endpoints that take them. An
 * organization without such endpoints gets none.
 */
@Repository
class OperationalEventRepository {

    private final JdbcClient jdbc;

    OperationalEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean store(UUID organizationId, UUID id, String type, String payload, int attempts) {
        return this.jdbc.sql("""
                with target as materialized (select p.id, p.ordered, p.retry_schedule from endpoints p
                  where p.organization_id = :organization and p.deleted_at is null and p.operations
                    and not exists (select from fences f where f.organization_id = p.organization_id)
                    and (p.event_patterns is null or :type like any (p.event_patterns))),
                stored as (insert into events (organization_id, id, type, payload)
                  select :organization, :id, :type, :payload where exists (select from target))
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, :id, t.id, case when t.ordered then 'infinity'::timestamptz else now() end,
                  coalesce(cardinality(t.retry_schedule) + 1, :attempts) from target t
                """)
            .param("organization", organizationId)
            .param("id", id)
            .param("type", type)
            .param("payload", payload)
            .param("attempts", attempts)
            .update() > 0;
    }

}
