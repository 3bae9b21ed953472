package dev.triggers.inbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.key.EventTypes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Acknowledgements. What was still to be delivered of an event is deleted, so that no
 * retry is made any more and the outcome of one under way finds no row to change.
 */
@Repository
class AckRepository {

    private final JdbcClient jdbc;

    private final FenceRepository fences;

    AckRepository(JdbcClient jdbc, FenceRepository fences) {
        this.fences = fences;
        this.jdbc = jdbc;
    }

    /**
     * Acknowledges those of the events that exist and are of the types. Rows are locked
     * in the order in which outcomes are recorded, deliveries before dead letters, so
     * that two who meet wait for each other in one direction only. Each step is a
     * statement of its own because it must see what the step before had to wait for: a
     * row that was moved meanwhile has another address.
     * @return when each of them was acknowledged first
     */
    @Transactional
    public Map<UUID, Instant> acknowledge(UUID organizationId, EventTypes types, List<UUID> eventIds) {
        List<UUID> known = known(organizationId, types, eventIds);
        if (known.isEmpty()) {
            return Map.of();
        }
        endDeliveries(organizationId, known);
        endDeadLetters(organizationId, known);
        Map<UUID, Instant> times = insert(organizationId, known);
        if (times.size() < known.size()) {
            // Nothing is inserted behind a fence
            this.fences.pass(organizationId);
            times.putAll(acknowledgements(organizationId, known));
        }
        return times;
    }

    /** In ascending order and without repetitions. */
    private List<UUID> known(UUID organizationId, EventTypes types, List<UUID> eventIds) {
        return this.jdbc.sql("""
                select event.id from (select distinct id from unnest(:ids::uuid[]) id) wanted
                cross join lateral (
                    select id, type from events where organization_id = :organization and id = wanted.id limit 1) event
                where :types::text[] is null or event.type like any (:types::text[])
                order by event.id
                """)
            .param("organization", organizationId)
            .param("types", types.patterns())
            .param("ids", ItemRepository.array(eventIds))
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    private void endDeliveries(UUID organizationId, List<UUID> eventIds) {
        List<String> rows = locked(organizationId, eventIds, """
                select held.ctid from (select id from unnest(:ids::uuid[]) id order by id) wanted
                cross join lateral (
                    select ctid from event_deliveries
                    where organization_id = :organization and event_id = wanted.id
                    order by endpoint_id for update) held
                """);
        delete(rows, "delete from event_deliveries where ctid = any(:rows::tid[])");
    }

    private void endDeadLetters(UUID organizationId, List<UUID> eventIds) {
        List<String> rows = locked(organizationId, eventIds, """
                select held.ctid from (select id from unnest(:ids::uuid[]) id order by id) wanted
                cross join lateral (
                    select ctid from dead_letters
                    where organization_id = :organization and event_id = wanted.id
                    order by endpoint_id for update) held
                """);
        delete(rows, "delete from dead_letters where ctid = any(:rows::tid[])");
    }

    private List<String> locked(UUID organizationId, List<UUID> eventIds, String sql) {
        return this.jdbc.sql(sql)
            .param("organization", organizationId)
            .param("ids", ItemRepository.array(eventIds))
            .query((row, number) -> row.getString("ctid"))
            .list();
    }

    private void delete(List<String> rows, String sql) {
        if (!rows.isEmpty()) {
            this.jdbc.sql(sql).param("rows", rows.toArray(String[]::new)).update();
        }
    }

    /**
     * An acknowledgement that is there already stays as it is, and is not returned.
     * Leases of the events end. One that somebody takes or frees at this moment is passed
     * over, to be forgotten when it runs out: who leases may wait for an acknowledgement,
     * so none may wait for who leases.
     */
    private Map<UUID, Instant> insert(UUID organizationId, List<UUID> eventIds) {
        return times(this.jdbc.sql("""
                with ended as (
                  delete from leased_events where ctid = any (array(
                    select held.ctid from unnest(:ids::uuid[]) wanted (id)
                    cross join lateral (
                      select ctid from leased_events
                      where organization_id = :organization and event_id = wanted.id for update skip locked) held))
                  returning lease_id),
                emptied as (
                  delete from inbox_leases l using (
                    select lease_id, count(*) as events from ended where lease_id is not null group by lease_id) e
                  where l.organization_id = :organization and l.id = e.lease_id and not exists (
                    select from leased_events
                    where organization_id = :organization and lease_id = e.lease_id offset e.events))
                insert into event_acks (organization_id, event_id, acknowledged_at)
                select :organization, id, now() from unnest(:ids::uuid[]) id
                where not exists (select from fences where organization_id = :organization) order by id
                on conflict (organization_id, event_id) do nothing
                returning event_id, acknowledged_at
                """).param("organization", organizationId).param("ids", ItemRepository.array(eventIds)));
    }

    private Map<UUID, Instant> acknowledgements(UUID organizationId, List<UUID> eventIds) {
        return times(this.jdbc.sql("""
                select ack.event_id, ack.acknowledged_at from unnest(:ids::uuid[]) wanted (id)
                cross join lateral (
                    select event_id, acknowledged_at
                    from event_acks where organization_id = :organization and event_id = wanted.id limit 1) ack
                """).param("organization", organizationId).param("ids", ItemRepository.array(eventIds)));
    }

    private static Map<UUID, Instant> times(JdbcClient.StatementSpec statement) {
        Map<UUID, Instant> times = new HashMap<>();
        statement.query((row) -> {
            times.put(row.getObject("event_id", UUID.class),
                    row.getObject("acknowledged_at", OffsetDateTime.class).toInstant());
        });
        return times;
    }

}
