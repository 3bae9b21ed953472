package dev.triggers.lease;

/**
 * The statements that find what may be leased, with and without a type, so that each has
 * one plan and the plan follows an index. Rows are looked at in the order of events, a
 * bounded number of them.
 */
final class LeaseStatements {

    /** What is still open or has failed, on the narrow side. */
    private static final String ROWS = """
            select event_id from (
              (select event_id from event_deliveries
               where organization_id = :organization and event_id > :after and event_id <= :until
               order by event_id limit :look)
              union all
              (select event_id from dead_letters
               where organization_id = :organization and event_id > :after and event_id <= :until
               order by event_id limit :look)) rows
            order by event_id limit :look""";

    private static final String TYPE = """
            and (select e.type collate "C" >= :low and e.type collate "C" < :high
                and (:visible::text[] is null or e.type like any (:visible::text[])) from events e
                 where e.organization_id = :organization and e.id = c.event_id limit 1)""";

    /**
     * What nobody has had, or has had before it was done, put aside, and opened again.
     */
    private static final String UNLEASED = """
            unleased as materialized (
              select c.event_id
              from (select distinct event_id from ({rows}) looked order by event_id) c
              where (select true from leased_events
                     where organization_id = :organization and event_id = c.event_id
                       and (lease_id is distinct from :aside or receives >= :max_receives) limit 1) is null {type}
              order by c.event_id limit :wanted),
            edge as (
              select event_id from ({rows}) looked
              where (select count(*) from unleased) < :wanted
              order by event_id offset :look - 1 limit 1)""";

    /** The last of the rows, for the case that all of them were looked at. */
    private static final String LAST = """
            select greatest(
              (select event_id from event_deliveries
               where organization_id = :organization and event_id > :after and event_id <= :until
               order by event_id desc limit 1),
              (select event_id from dead_letters
               where organization_id = :organization and event_id > :after and event_id <= :until
               order by event_id desc limit 1))""";

    /**
     * Frees what has run out, and looks at what is free, and at what nobody has had. What
     * an acknowledgement is about to remove is passed over: it must wait for nobody who
     * could wait for it.
     */
    private static final String FIND = """
            with expired as materialized (
              select id from inbox_leases where organization_id = :organization and leased_until <= now()
              order by leased_until limit :leases for update skip locked),
            over as (
              delete from inbox_leases l
              where l.organization_id = :organization and l.id = any (array(select id from expired))
                and not exists (select from leased_events e
                  where e.organization_id = :organization and e.lease_id = l.id)),
            freed as (
              update leased_events set lease_id = null where ctid = any (array(
                select r.ctid from expired cross join lateral (
                  select ctid from leased_events where organization_id = :organization and lease_id = expired.id
                  order by event_id for update skip locked) r limit :most_freed))
              returning event_id, receives),
            free_rows as materialized (
              select event_id, receives from leased_events
              where organization_id = :organization and lease_id is null and event_id > :free
              order by event_id limit :look_free),
            free as materialized (
              select c.event_id from free_rows c where c.receives < :max_receives {type}
              order by c.event_id limit :wanted),
            {unleased}
            (select 'expired' as found, c.event_id, 1 as events from freed c where c.receives < :max_receives {type}
             order by c.event_id limit :wanted)
            union all select 'free', event_id, 1 from free
            union all select 'ahead', event_id, 1 from unleased
            union all select 'ended', null, (select count(*)::int from freed)
            union all select 'free edge', event_id, 1 from (
              select event_id from free_rows
              where (select count(*) from free) < :wanted order by event_id offset :look_free - 1 limit 1) e
            union all select 'ahead edge', event_id, 1 from edge
            union all select 'ahead last', ({last}), 1
              where (select count(*) from unleased) < :wanted and not exists (select from edge)
            """;

    private static final String BEHIND = """
            with {unleased}
            select 'ahead' as found, event_id, 1 as events from unleased
            union all select 'ahead edge', event_id, 1 from edge
            """;

    private static final String FIND_ALL = complete(FIND, "");

    private static final String FIND_TYPE = complete(FIND, TYPE);

    private static final String BEHIND_ALL = complete(BEHIND, "");

    private static final String BEHIND_TYPE = complete(BEHIND, TYPE);

    private LeaseStatements() {
    }

    static String find(boolean typed) {
        return typed ? FIND_TYPE : FIND_ALL;
    }

    static String behind(boolean typed) {
        return typed ? BEHIND_TYPE : BEHIND_ALL;
    }

    private static String complete(String shape, String type) {
        return shape.replace("{unleased}", UNLEASED)
            .replace("{rows}", ROWS)
            .replace("{last}", LAST)
            .replace("{type}", type);
    }

}
