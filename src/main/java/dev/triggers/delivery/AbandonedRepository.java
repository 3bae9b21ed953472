package dev.triggers.delivery;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Leases of instances that have ended. They are found by the index of what is due, which
 * holds them among what is due soon: nothing is written for an event so that they can be.
 */
@Repository
class AbandonedRepository {

    /** Endpoints that one statement looks at. */
    static final int PROBES = 200;

    /** Deliveries that it gives back. */
    static final int STEP = 5_000;

    private final JdbcClient jdbc;

    AbandonedRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes due what the instance had leased, of the endpoints behind the given one. Of
     * several that do the same, one does it at a time.
     */
    Step giveBack(short instance, UUID after, Duration lease) {
        return this.jdbc
            .sql("""
                    with recursive turn as materialized (
                      select number from instances where number = :instance and ended_at is not null for update skip locked),
                    ring as (
                      (select endpoint_id, 1 i from event_deliveries
                        where endpoint_id > :after and due_at < 'infinity' and exists (select from turn)
                        order by endpoint_id, due_at limit 1)
                      union all
                      select x.endpoint_id, ring.i + 1 from ring cross join lateral (
                        select endpoint_id from event_deliveries
                        where endpoint_id > ring.endpoint_id and due_at < 'infinity'
                        order by endpoint_id, due_at limit 1) x
                      where ring.i < :probes),
                    held as materialized (
                      select d.tid from ring cross join lateral (
                        select d.ctid as tid from event_deliveries d
                        where d.endpoint_id = ring.endpoint_id and d.due_at > now() and d.due_at < 'infinity'
                          and d.due_at <= now() + :lease * interval '1 millisecond' and d.leased = :instance
                        order by d.due_at limit :step for update skip locked) d
                      order by ring.i limit :step),
                    freed as (
                      update event_deliveries set due_at = now(), leased = null
                      where ctid = any (array(select tid from held)))
                    select (select count(*) from held) as freed, (select count(*) from ring) as looked,
                      (select endpoint_id from ring order by i desc limit 1) as last
                    """)
            .param("instance", instance)
            .param("after", after)
            .param("probes", PROBES)
            .param("lease", lease.toMillis())
            .param("step", STEP)
            .query((row, position) -> {
                int freed = row.getInt("freed");
                UUID last = row.getObject("last", UUID.class);
                // A full step may have left some behind
                return new Step(freed, (freed == STEP) ? after : (row.getInt("looked") == PROBES) ? last : null);
            })
            .single();
    }

    /**
     * What a statement did.
     *
     * @param freed deliveries that it gave back
     * @param next the endpoint to go on behind; null: that was all
     */
    record Step(int freed, @Nullable UUID next) {

    }

}
