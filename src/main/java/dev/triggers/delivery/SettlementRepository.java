package dev.triggers.delivery;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

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
     * The endpoints whose deliveries have yet to follow a change, the latest first: those
     * before it have been looked at already.
     */
    List<Unsettled> unsettled() {
        return this.jdbc
            .sql("""
                    select id, organization_id, is_default, ordered, deleted_at is not null as deleted,
                      updated_at < now() - interval '30 seconds' as stale
                    from endpoints p where settling
                      and not exists (select from organizations o where o.id = p.organization_id and o.elsewhere is not null)
                    order by updated_at desc limit 1000
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
                where not settling and is_default and deleted_at is null and event_patterns is null and exists (
                  select from event_deliveries d where d.endpoint_id = :nobody and d.due_at = 'infinity'
                    and d.organization_id = p.organization_id)
                """).param("nobody", NOBODY).update();
    }

    /**
     * Gives events that wait for a webhook to the organization's default endpoint, with
     * all its attempts, as far as it takes their types. They are due in the order of
     * their acceptance.
     */
    int adoptWaiting(Unsettled endpoint, int attempts) {
        return this.jdbc.sql("""
                with w as materialized (select d.ctid as tid from event_deliveries d
                  where d.endpoint_id = :nobody and d.organization_id = :organization and d.due_at = 'infinity'
                    and ((select event_patterns from endpoints where id = :endpoint) is null or exists (
                      select from events e where e.organization_id = d.organization_id and e.id = d.event_id
                        and e.type like any ((select event_patterns from endpoints where id = :endpoint)::text[])))
                  order by d.event_id limit :step for update of d skip locked),
                numbered as (select tid, row_number() over () as n from w)
                update event_deliveries d set endpoint_id = :endpoint,
                  remaining = coalesce((select cardinality(retry_schedule) + 1 from endpoints where id = :endpoint),
                    :attempts),
                  due_at = case when :ordered then 'infinity'::timestamptz
                    else now() + (n - :step) * interval '1 microsecond' end
                from numbered where d.ctid = numbered.tid
                """)
            .param("nobody", NOBODY)
            .param("organization", endpoint.organizationId())
            .param("endpoint", endpoint.id())
            .param("attempts", attempts)
            .param("ordered", endpoint.ordered())
            .param("step", STEP)
            .update();
    }

    /**
     * The same with those that are scheduled for later.
     */
    int adoptScheduled(Unsettled endpoint, int attempts) {
        return this.jdbc.sql("""
                with w as materialized (select d.ctid as tid from event_deliveries d
                  where d.endpoint_id = :nobody and d.due_at < 'infinity' and d.organization_id = :organization
                    and ((select event_patterns from endpoints where id = :endpoint) is null or exists (
                      select from events e where e.organization_id = d.organization_id and e.id = d.event_id
                        and e.type like any ((select event_patterns from endpoints where id = :endpoint)::text[])))
                  limit :step for update of d skip locked)
                update event_deliveries d set endpoint_id = :endpoint,
                  remaining = coalesce((select cardinality(retry_schedule) + 1 from endpoints where id = :endpoint),
                    :attempts)
                from w where d.ctid = w.tid
                """)
            .param("nobody", NOBODY)
            .param("organization", endpoint.organizationId())
            .param("endpoint", endpoint.id())
            .param("attempts", attempts)
            .param("step", STEP)
            .update();
    }

    /**
     * Ends deliveries of a deleted endpoint as cancelled. An event that is left without
     * any delivery, and was never delivered, waits again; only operational events wait
     * for nobody. One instance at a time cancels in an organization: two that end the two
     * deliveries of an event would each leave it to the other. A row that waits again
     * keeps its identity, so that an acknowledgement that was after it finds it. What an
     * attempt is under way for is left alone: its receiver may well take it, and then the
     * event waits for nobody.
     */
    @Transactional
    public int cancel(Unsettled endpoint, int attempts) {
        this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:organization, 0))")
            .param("organization", "cancel " + endpoint.organizationId())
            .query((row) -> {
            });
        return this.jdbc
            .sql("""
                    with open as materialized (
                      select d.ctid as tid, d.*, not exists (select from endpoints p where p.id = d.endpoint_id and p.operations)
                        and not exists (select from event_deliveries o where o.organization_id = d.organization_id
                          and o.event_id = d.event_id and o.endpoint_id <> d.endpoint_id)
                        and not exists (select from dead_letters o where o.organization_id = d.organization_id
                          and o.event_id = d.event_id and o.endpoint_id <> d.endpoint_id)
                        and not exists (select from delivery_attempts a where a.organization_id = d.organization_id
                          and a.event_id = d.event_id and a.outcome = 'd')
                        and not exists (select from event_acks a where a.organization_id = d.organization_id
                          and a.event_id = d.event_id) as waits
                      from event_deliveries d where d.endpoint_id = :endpoint and not (d.leased is not null and d.due_at > now())
                      order by d.organization_id, d.event_id limit :step for update of d skip locked),
                    gone as (delete from event_deliveries where ctid = any (array(select tid from open where not waits))),
                    waiting as (
                      update event_deliveries d set endpoint_id = :nobody, attempts = 0, remaining = :attempts, leased = null,
                        due_at = coalesce((select e.deliver_at from events e where e.organization_id = o.organization_id
                          and e.id = o.event_id and e.deliver_at > now()), 'infinity')
                      from open o where o.waits and d.ctid = o.tid)
                    insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                      outcome, error_code, error)
                    select organization_id, event_id, endpoint_id, attempts + 1, now(), 0, 'c', 'endpoint_deleted',
                      'The endpoint was deleted.' from open
                    on conflict do nothing
                    """)
            .param("endpoint", endpoint.id())
            .param("nobody", NOBODY)
            .param("attempts", attempts)
            .param("step", STEP)
            .update();
    }

    /**
     * Whether deliveries of the endpoint are open.
     */
    boolean hasOpen(UUID endpointId) {
        return this.jdbc.sql("""
                select exists (select from event_deliveries where endpoint_id = :endpoint and due_at = 'infinity')
                  or exists (select from event_deliveries where endpoint_id = :endpoint and due_at < 'infinity')
                """).param("endpoint", endpointId).query(Boolean.class).single();
    }

    /**
     * Whether deliveries of the endpoint are open that no attempt is under way for.
     */
    boolean hasCancellable(UUID endpointId) {
        return this.jdbc.sql("""
                select exists (select from event_deliveries where endpoint_id = :endpoint and due_at = 'infinity')
                  or exists (select from event_deliveries where endpoint_id = :endpoint and due_at < 'infinity'
                    and not (leased is not null and due_at > now()))
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
     * Makes parked deliveries of an endpoint due, the oldest first, that is not ordered
     * any more.
     */
    int unpark(UUID endpointId) {
        return this.jdbc.sql("""
                with parked as materialized (select ctid as tid from event_deliveries
                  where endpoint_id = :endpoint and due_at = 'infinity'
                  order by organization_id, event_id limit :step for update skip locked),
                numbered as (select tid, row_number() over () as n from parked)
                update event_deliveries d set due_at = now() + (n - :step) * interval '1 microsecond'
                from numbered where d.ctid = numbered.tid
                """).param("endpoint", endpointId).param("step", STEP).update();
    }

    /**
     * The ordered endpoints with a delivery to park, or whose turn is over. Of an
     * organization that is still arriving, not all deliveries are here.
     */
    List<UUID> orderedToMove() {
        return this.jdbc
            .sql("""
                    select p.id from endpoints p join endpoint_health h on h.endpoint_id = p.id
                    where p.ordered and p.deleted_at is null
                      and not exists (select from organizations o where o.id = p.organization_id and o.elsewhere is not null)
                      and (
                      exists (select from event_deliveries d where d.endpoint_id = p.id and d.due_at <= now()
                        and d.due_at < 'infinity' and d.event_id is distinct from h.ordered_event_id)
                      or (exists (select from event_deliveries d where d.endpoint_id = p.id and d.due_at = 'infinity')
                        and not exists (select from event_deliveries d where d.organization_id = p.organization_id
                          and d.event_id = h.ordered_event_id and d.endpoint_id = p.id)))
                    order by p.id
                    """)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    /**
     * Gives the turn to the oldest parked delivery, if the one before it has ended. The
     * endpoint's health is locked first, and looked at afterwards: one instance at a time
     * decides, and sees what the one before it decided.
     */
    @Transactional
    public boolean advance(UUID endpointId) {
        boolean locked = this.jdbc
            .sql("select endpoint_id from endpoint_health where endpoint_id = :endpoint for update skip locked")
            .param("endpoint", endpointId)
            .query((row, number) -> row.getObject("endpoint_id", UUID.class))
            .optional()
            .isPresent();
        return locked && this.jdbc
            .sql("""
                    with turn as materialized (select h.ctid as tid, h.endpoint_id, p.organization_id from endpoint_health h
                      join endpoints p on p.id = h.endpoint_id
                      where h.endpoint_id = :endpoint and not exists (
                        select from event_deliveries d where d.organization_id = p.organization_id
                          and d.event_id = h.ordered_event_id and d.endpoint_id = h.endpoint_id)),
                    head as materialized (select d.tid, d.event_id from turn t cross join lateral (
                      select d.ctid as tid, d.event_id from event_deliveries d
                      where d.endpoint_id = t.endpoint_id and d.organization_id = t.organization_id and d.due_at = 'infinity'
                      order by d.organization_id, d.event_id limit 1 for update) d),
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
