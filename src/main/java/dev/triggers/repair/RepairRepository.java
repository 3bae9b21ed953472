package dev.triggers.repair;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Opens deliveries again: those of one event, or all that failed at one endpoint.
 */
@Repository
class RepairRepository {

    /** Dead letters moved by one statement. */
    private static final int STEP = 1_000;

    private final JdbcClient jdbc;

    RepairRepository(JdbcClient jdbc) {
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
    List<UUID> redeliver(UUID organizationId, UUID eventId, int attempts) {
        return this.jdbc.sql("""
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
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining)
                select :organization, :event, p.endpoint_id,
                  case when e.ordered then 'infinity'::timestamptz else now() end, p.attempts,
                  coalesce(cardinality(e.retry_schedule) + 1, :attempts)
                from past p cross join lateral (
                  select * from endpoints e where e.id = p.endpoint_id and e.deleted_at is null) e
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

    /**
     * Registers a recovery; the same one again while it is under way.
     */
    Recovery recover(UUID id, UUID organizationId, UUID endpointId, Instant since) {
        Recovery running = this.jdbc.sql("""
                select * from recoveries where endpoint_id = :endpoint and since = :since and finished_at is null
                """)
            .param("endpoint", endpointId)
            .param("since", since.atOffset(ZoneOffset.UTC))
            .query(RepairRepository::recovery)
            .optional()
            .orElse(null);
        if (running != null) {
            return running;
        }
        return this.jdbc.sql("""
                insert into recoveries (id, organization_id, endpoint_id, since, requested_at)
                values (:id, :organization, :endpoint, :since, now()) returning *
                """)
            .param("id", id)
            .param("organization", organizationId)
            .param("endpoint", endpointId)
            .param("since", since.atOffset(ZoneOffset.UTC))
            .query(RepairRepository::recovery)
            .single();
    }

    /**
     * The endpoint's recoveries, latest first.
     */
    List<Recovery> recoveries(UUID endpointId) {
        return this.jdbc.sql("""
                select * from recoveries where endpoint_id = :endpoint order by requested_at desc limit 20
                """).param("endpoint", endpointId).query(RepairRepository::recovery).list();
    }

    List<Recovery> openRecoveries() {
        return this.jdbc.sql("select * from recoveries where finished_at is null order by requested_at limit 100")
            .query(RepairRepository::recovery)
            .list();
    }

    /**
     * Takes a recovery one step on: what failed before it was asked for, and was not
     * requeued yet, is due again. Two instances share the work.
     * @return whether it goes on
     */
    boolean advance(Recovery recovery, int attempts) {
        int moved = this.jdbc.sql("""
                with failed as materialized (
                  select d.ctid as tid, d.organization_id, d.event_id, d.endpoint_id, d.attempts from dead_letters d
                  where d.endpoint_id = :endpoint and d.event_id >= :from and d.failed_at <= :requested
                    and exists (select from endpoints e where e.id = :endpoint and e.deleted_at is null)
                  order by d.event_id limit :step for update skip locked),
                gone as (delete from dead_letters where ctid = any (array(select tid from failed))),
                opened as (
                  insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining)
                  select f.organization_id, f.event_id, f.endpoint_id,
                    case when e.ordered then 'infinity'::timestamptz else now() end, f.attempts,
                    coalesce(cardinality(e.retry_schedule) + 1, :attempts)
                  from failed f cross join lateral (select * from endpoints e where e.id = f.endpoint_id) e
                  on conflict do nothing)
                update recoveries set requeued = requeued + (select count(*) from failed)
                where id = :id returning (select count(*)::int from failed)
                """)
            .param("id", recovery.id())
            .param("endpoint", recovery.endpointId())
            .param("from", UuidV7.floor(recovery.since()))
            .param("requested", recovery.requestedAt().atOffset(ZoneOffset.UTC))
            .param("step", STEP)
            .param("attempts", attempts)
            .query(Integer.class)
            .single();
        if (moved == 0) {
            this.jdbc.sql("update recoveries set finished_at = now() where id = :id and finished_at is null")
                .param("id", recovery.id())
                .update();
        }
        return moved > 0;
    }

    private static Recovery recovery(ResultSet row, int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Recovery(row.getObject("id", UUID.class), row.getObject("endpoint_id", UUID.class),
                row.getObject("since", OffsetDateTime.class).toInstant(), row.getInt("requeued"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                (finished != null) ? finished.toInstant() : null);
    }

    /**
     * The re-queuing of all that failed at an endpoint since some time.
     *
     * @param id the recovery
     * @param endpointId the endpoint
     * @param since events accepted before are left alone
     * @param requeued deliveries that are due again, so far
     * @param requestedAt when it was asked for
     * @param finishedAt when nothing was left; null while it is under way
     */
    record Recovery(UUID id, UUID endpointId, Instant since, int requeued, Instant requestedAt,
            @Nullable Instant finishedAt) {

        public String getStatus() {
            return (this.finishedAt == null) ? "running" : "finished";
        }

    }

}
