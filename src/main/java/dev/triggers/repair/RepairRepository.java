package dev.triggers.repair;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens the deliveries of an event again.
 */
@Repository
class RepairRepository {

    private final JdbcClient jdbc;

    private final RepairTurnRepository turn;

    private final AuditTrail audit;

    RepairRepository(JdbcClient jdbc, RepairTurnRepository turn, AuditTrail audit) {
        this.turn = turn;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    boolean eventExists(UUID organizationId, UUID eventId) {
        return this.jdbc.sql("""
                select exists (select from events where organization_id = :organization and id = :event)
                """).param("organization", organizationId).param("event", eventId).query(Boolean.class).single();
    }

    /**
     * Opens a delivery, with a full set of attempts, to every live endpoint that the
     * event went to and that has none open. Attempts are numbered on.
     */
    @Transactional
    List<UUID> redeliver(UUID organizationId, UUID eventId, int attempts) {
        this.turn.take(organizationId);
        List<UUID> opened = open(organizationId, eventId, attempts);
        if (!opened.isEmpty()) {
            this.audit.note(organizationId, "event.redelivered", eventId, null, Map.of("endpoint_ids", opened));
        }
        return opened;
    }

    private List<UUID> open(UUID organizationId, UUID eventId, int attempts) {
        return this.jdbc
            .sql("""
                    with past as (
                      select endpoint_id, max(number)::int as attempts from (
                        select endpoint_id, attempts as number from dead_letters
                        where organization_id = :organization and event_id = :event
                        union all
                        select endpoint_id, number from delivery_attempts
                        where organization_id = :organization and event_id = :event and outcome in ('d', 'r', 'f')) x
                      group by endpoint_id),
                    gone as (
                      delete from dead_letters d where d.organization_id = :organization and d.event_id = :event
                        and d.endpoint_id in (select id from endpoints where organization_id = :organization
                          and deleted_at is null)),
                    opened as (
                    insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining, trace)
                    select :organization, :event, p.endpoint_id,
                      case when e.ordered then 'infinity'::timestamptz else now() end, p.attempts,
                      coalesce(cardinality(e.retry_schedule) + 1, :attempts),
                      -- Goes on from the latest attempt
                      (select a.trace from delivery_attempts a where a.organization_id = :organization
                        and a.event_id = :event and a.endpoint_id = p.endpoint_id and a.trace is not null
                        order by a.number desc limit 1)
                    from past p cross join lateral (
                      select * from endpoints e where e.id = p.endpoint_id and e.deleted_at is null) e
                    where not exists (select from event_deliveries d where d.organization_id = :organization
                      and d.event_id = :event and d.endpoint_id = p.endpoint_id)
                    on conflict do nothing
                    returning endpoint_id),
                    noted as (
                      insert into redeliveries (organization_id, event_id, endpoint_id, requested_at)
                      select :organization, :event, endpoint_id, now() from opened on conflict do nothing)
                    select endpoint_id from opened
                    """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("attempts", attempts)
            .query((row, number) -> row.getObject(1, UUID.class))
            .list();
    }

}
