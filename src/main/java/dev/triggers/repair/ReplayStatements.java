package dev.triggers.repair;

/**
 * The statements that look for what is to be replayed: one for each source of rows, with
 * and without a type, so that each has one plan and the plan follows an index.
 */
final class ReplayStatements {

    private static final String BEHIND = """
            organization_id = :organization and event_id >= :after_event and event_id < :until
            and (event_id, endpoint_id) > (:after_event, :after_endpoint)""";

    private static final String GIVEN_UP = """
            select event_id, endpoint_id from dead_letters
            where endpoint_id = :endpoint and event_id > :after_event and event_id < :until
            order by endpoint_id, event_id limit :look""";

    private static final String FAILED = """
            select event_id, endpoint_id from (
              (select event_id, endpoint_id from dead_letters where {behind}
               order by event_id, endpoint_id limit :look)
              union all
              (select event_id, endpoint_id from delivery_attempts where outcome = 'f' and {behind}
               order by event_id, endpoint_id limit :look)) failed
            order by event_id, endpoint_id limit :look""";

    private static final String ATTEMPTED = """
            select event_id, endpoint_id from delivery_attempts where {behind}
            order by event_id, endpoint_id limit :look""";

    private static final String EVENTS = """
            select id as event_id, :to::uuid as endpoint_id from events
            where organization_id = :organization and id > :after_event and id < :until
            order by id limit :look""";

    private static final String PAGE = """
            with looked as materialized ({rows}),
            matched as materialized (
              select * from (
                select distinct c.event_id, {endpoint} as endpoint_id,
                  (select e.type from events e
                   where e.organization_id = :organization and e.id = c.event_id limit 1) as type
                from (select distinct event_id, endpoint_id from looked order by event_id, endpoint_id) c
                where (:endpoint::uuid is null or c.endpoint_id = :endpoint)
                  and {outcome}
                  and (:error_code::text is null or {error_code} = :error_code)) m
              where type is not null {type}
              order by event_id, endpoint_id limit :wanted)
            (select true as matches, event_id, endpoint_id, type from matched order by event_id, endpoint_id)
            union all
            (select false, event_id, endpoint_id, null from looked
             where (select count(*) from looked) = :look order by event_id desc, endpoint_id desc limit 1)
            """;

    private static final String TYPE = """
            and type collate "C" >= :low and type collate "C" < :high
                and (:visible::text[] is null or type like any (:visible::text[]))""";

    private static final String LAST = """
            (select a.{column} from delivery_attempts a
             where a.organization_id = :organization and a.event_id = c.event_id and a.endpoint_id = c.endpoint_id
             order by a.number desc limit 1)""";

    private static final String IS_FAILED = """
            (exists (select from dead_letters d where d.organization_id = :organization and d.event_id = c.event_id
               and d.endpoint_id = c.endpoint_id)
             or {outcome_column} = 'f')""";

    private ReplayStatements() {
    }

    /**
     * Finds a page of a replay.
     */
    static String page(ReplayOrder order) {
        boolean typed = order.filter().types() != null;
        return PAGE.replace("{rows}", rows(order))
            .replace("{behind}", BEHIND)
            .replace("{endpoint}", (order.toEndpointId() != null) ? ":to::uuid" : "c.endpoint_id")
            .replace("{outcome}", outcome(order))
            .replace("{outcome_column}", LAST.replace("{column}", "outcome"))
            .replace("{error_code}", LAST.replace("{column}", "error_code"))
            .replace("{type}", typed ? TYPE : "");
    }

    private static String rows(ReplayOrder order) {
        if (order.recovery()) {
            return GIVEN_UP;
        }
        if (order.ofEvents()) {
            return EVENTS;
        }
        return (order.filter().outcome() == ReplayOutcome.FAILED) ? FAILED : ATTEMPTED;
    }

    private static String outcome(ReplayOrder order) {
        if (order.recovery() || order.ofEvents()) {
            return "true";
        }
        return switch (order.filter().outcome()) {
            case FAILED -> IS_FAILED;
            case DELIVERED -> "{outcome_column} = 'd'";
            case ANY -> "true";
        };
    }

}
