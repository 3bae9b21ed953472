package dev.triggers.delivery;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Moves deliveries after a change of their endpoint, a bounded number at a time, and
 * gives ordered endpoints their turns.
 */
@Repository
class SettlementRepository {

    /** Deliveries moved by one statement. */
    static final int STEP = 1_000;

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient jdbc;

    SettlementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The endpoints whose deliveries have yet to follow a change.
     */
    List<Unsettled> unsettled() {
        return this.jdbc.sql("""
                select id, organization_id, is_default, ordered, deleted_at is not null as deleted,
                  updated_at < now() - interval '30 seconds' as stale
                from endpoints where settling order by id limit 1000
                """)
            .query((row, number) -> new Unsettled(row.getObject("id", UUID.class),
                    row.getObject("organization_id", UUID.class), row.getBoolean("is_default"),
                    row.getBoolean("ordered"), row.getBoolean("deleted"), row.getBoolean("stale")))
            .list();
    }

    void settled(UUID endpointId) {
        this.jdbc.sql("""
                update endpoints set settling = false
                where id = :id and updated_at < now() - interval '30 seconds'
                """).param("id", endpointId).update();
    }

    /**
     * Looks again at endpoints whose deliveries should have followed long ago.
     */
    void doubt() {
        this.jdbc.sql("""
                update endpoints p set settling = true
                where not settling and is_default and deleted_at is null and exists (
                  select from event_deliveries d where d.endpoint_id = :nobody and d.due_at = 'infinity'
                    and d.organization_id = p.organization_id)
                """).param("nobody", NOBODY).update();
    }

    /**
     * Gives events that wait for a webhook to the organization's default endpoint.
     */
    int adoptWaiting(Unsettled endpoint) {
        return this.jdbc.sql("""
                with w as materialized (select ctid as tid from event_deliveries
                  where endpoint_id = :nobody and organization_id = :organization and due_at = 'infinity'
                  order by event_id limit :step for update skip locked)
                update event_deliveries d set endpoint_id = :endpoint,
                  due_at = case when :ordered then 'infinity'::timestamptz else now() end
                from w where d.ctid = w.tid
                """)
            .param("nobody", NOBODY)
            .param("organization", endpoint.organizationId())
            .param("endpoint", endpoint.id())
            .param("ordered", endpoint.ordered())
            .param("step", STEP)
            .update();
    }

    /**
     * The same with those that are scheduled for later.
     */
    int adoptScheduled(Unsettled endpoint) {
        return this.jdbc.sql("""
                with w as materialized (select ctid as tid from event_deliveries
                  where endpoint_id = :nobody and due_at < 'infinity' and organization_id = :organization
                  limit :step for update skip locked)
                update event_deliveries d set endpoint_id = :endpoint from w where d.ctid = w.tid
                """)
            .param("nobody", NOBODY)
            .param("organization", endpoint.organizationId())
            .param("endpoint", endpoint.id())
            .param("step", STEP)
            .update();
    }

    /**
     * Ends deliveries of a deleted endpoint as cancelled. An event that is left without
     * any delivery, and was never delivered, waits again.
     */
    int cancel(UUID endpointId) {
        return this.jdbc
            .sql("""
                    with open as materialized (select d.ctid as tid, d.* from event_deliveries d
                      where endpoint_id = :endpoint order by organization_id, event_id limit :step for update skip locked),
                    gone as (delete from event_deliveries where ctid = any (array(select tid from open))),
                    log as (
                      insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                        outcome, error_code, error)
                      select organization_id, event_id, endpoint_id, attempts + 1, now(), 0, 'c', 'endpoint_deleted',
                        'The endpoint was deleted.' from open
                      on conflict do nothing)
                    insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining)
                    select o.organization_id, o.event_id, :nobody,
                      case when o.attempts = 0 and o.due_at > now() then o.due_at else 'infinity' end, 0, o.remaining
                    from open o
                    where not exists (select from event_deliveries d where d.organization_id = o.organization_id
                        and d.event_id = o.event_id and d.endpoint_id <> :endpoint)
                      and not exists (select from dead_letters d where d.organization_id = o.organization_id
                        and d.event_id = o.event_id and d.endpoint_id <> :endpoint)
                      and not exists (select from delivery_attempts a where a.organization_id = o.organization_id
                        and a.event_id = o.event_id and a.outcome = 'd')
                      and not exists (select from event_acks a where a.organization_id = o.organization_id
                        and a.event_id = o.event_id)
                      and exists (select from events e where e.organization_id = o.organization_id and e.id = o.event_id)
                    on conflict do nothing
                    """)
            .param("endpoint", endpointId)
            .param("nobody", NOBODY)
            .param("step", STEP)
            .update();
    }

    /**
     * How many deliveries of the endpoint are open, up to a few.
     */
    boolean hasOpen(UUID endpointId) {
        return this.jdbc.sql("""
                select exists (select from event_deliveries where endpoint_id = :endpoint and due_at = 'infinity')
                  or exists (select from event_deliveries where endpoint_id = :endpoint and due_at < 'infinity')
                """).param("endpoint", endpointId).query(Boolean.class).single();
    }

    /**
     * Parks due deliveries of an ordered endpoint behind the one whose turn it is.
     */
    int park(UUID endpointId) {
        return this.jdbc.sql("""
                with due as materialized (select d.ctid as tid from event_deliveries d
                  join endpoint_health h on h.endpoint_id = d.endpoint_id
                  where d.endpoint_id = :endpoint and d.due_at <= now() and d.due_at < 'infinity'
                    and d.event_id is distinct from h.ordered_event_id
                  limit :step for update of d skip locked)
                update event_deliveries d set due_at = 'infinity' from due where d.ctid = due.tid
                """).param("endpoint", endpointId).param("step", STEP).update();
    }

    /**
     * Makes parked deliveries of an endpoint due that is not ordered any more.
     */
    int unpark(UUID endpointId) {
        return this.jdbc.sql("""
                with parked as materialized (select ctid as tid from event_deliveries
                  where endpoint_id = :endpoint and due_at = 'infinity'
                  order by organization_id, event_id limit :step for update skip locked)
                update event_deliveries d set due_at = now() from parked where d.ctid = parked.tid
                """).param("endpoint", endpointId).param("step", STEP).update();
    }

    List<UUID> ordered() {
        return this.jdbc.sql("select id from endpoints where ordered and deleted_at is null order by id")
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    /**
     * Gives the turn to the oldest parked delivery, if the one before it has ended. Its
     * endpoint's row is locked meanwhile: one instance at a time decides.
     */
    boolean advance(UUID endpointId) {
        return this.jdbc
            .sql("""
                    with turn as materialized (select h.ctid as tid, h.endpoint_id, p.organization_id from endpoint_health h
                      join endpoints p on p.id = h.endpoint_id
                      where h.endpoint_id = :endpoint and (h.ordered_event_id is null or not exists (
                        select from event_deliveries d where d.organization_id = p.organization_id
                          and d.event_id = h.ordered_event_id and d.endpoint_id = h.endpoint_id))
                      for update of h skip locked),
                    head as materialized (select d.ctid as tid, d.event_id from turn t cross join lateral (
                      select d.ctid, d.event_id from event_deliveries d
                      where d.endpoint_id = t.endpoint_id and d.organization_id = t.organization_id and d.due_at = 'infinity'
                      order by d.organization_id, d.event_id limit 1 for update skip locked) d),
                    taken as (update endpoint_health h set ordered_event_id = (select event_id from head)
                      from turn t where h.ctid = t.tid and exists (select from head))
                    update event_deliveries d set due_at = now() from head where d.ctid = head.tid
                    """)
            .param("endpoint", endpointId)
            .update() > 0;
    }

    /**
     * An endpoint whose deliveries have yet to follow a change.
     *
     * @param id the endpoint
     * @param organizationId its organization
     * @param isDefault whether waiting events are for it
     * @param ordered whether its deliveries go one at a time
     * @param deleted whether it is gone
     * @param stale whether nothing of before the change can be under way any more
     */
    record Unsettled(UUID id, UUID organizationId, boolean isDefault, boolean ordered, boolean deleted, boolean stale) {

    }

}
