package dev.triggers.inbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The statements behind the listings: one for each status and order, with and without a
 * type, so that each has one plan and the plan follows an index.
 *
 * <p>
 * All have one shape. The rows of a source are looked at in order, a bounded number of
 * them; the matches among them are kept until there are enough. Everything streams, so
 * that a page without filters stops after its own length. Conditions are scalar
 * subqueries because the planner does not turn these into joins from the wrong side.
 *
 * <p>
 * History is read within a range of events that is known beforehand, where it can be: the
 * server opens every day of it that a statement could need, which costs a page about a
 * quarter of its time.
 */
final class InboxStatements {

    private static final String PENDING_ROWS = """
            select event_id from event_deliveries
            where organization_id = :organization and event_id {<} :after {within} order by event_id {desc} limit :look""";

    private static final String FAILED_ROWS = """
            select event_id from dead_letters
            where organization_id = :organization and event_id {<} :after {within} order by event_id {desc} limit :look""";

    private static final String ATTEMPT_ROWS = """
            select event_id from delivery_attempts
            where organization_id = :organization and event_id {<} :after order by event_id {desc} limit :look""";

    private static final String ACKNOWLEDGED_ROWS = """
            select event_id from event_acks
            where organization_id = :organization and event_id {<} :after order by event_id {desc} limit :look""";

    private static final String EVENT_ROWS = """
            select id as event_id, type from events
            where organization_id = :organization and id {<} :after order by id {desc} limit :look""";

    /** What was leased, and not acknowledged since. */
    private static final String RECEIVED_ROWS = """
            select event_id, receives from leased_events
            where organization_id = :organization and event_id {<} :after order by event_id {desc} limit :look""";

    private static final String RECEIVED = "c.receives >= :receives";

    private static final String ACKNOWLEDGED = """
            (select true from event_acks
             where organization_id = :organization and event_id = c.event_id
               and event_id between :first and :last limit 1)""";

    private static final String OPEN = """
            (select true from event_deliveries
             where organization_id = :organization and event_id = c.event_id limit 1)""";

    private static final String FAILED = """
            (select true from dead_letters
             where organization_id = :organization and event_id = c.event_id limit 1)""";

    private static final String OPEN_AND_TRIED = """
            (select true from event_deliveries
             where organization_id = :organization and event_id = c.event_id and attempts > 0 limit 1)""";

    private static final String TRIED = """
            (select true from delivery_attempts
             where organization_id = :organization and event_id = c.event_id and outcome not in ('c', 'x') limit 1)""";

    private static final String DELIVERED = """
            (select true from delivery_attempts
             where organization_id = :organization and event_id = c.event_id and outcome = 'd' limit 1)""";

    private static final String TYPE_MATCHES = """
            (select e.type collate "C" >= :low and e.type collate "C" < :high
               and (:visible::text[] is null or e.type like any (:visible::text[])) from events e
             where e.organization_id = :organization and e.id = c.event_id limit 1)""";

    private static final String TYPE_AT_HAND_MATCHES = """
            (c.type collate "C" >= :low and c.type collate "C" < :high
             and (:visible::text[] is null or c.type like any (:visible::text[])))""";

    /** What is known of an event {@code m.event_id} besides its texts. */
    private static final String STATE = """
            left join lateral (
                select octet_length(payload) + 2 * octet_length(type) + coalesce(octet_length(dedup_id), 0) as bytes
                from events where organization_id = :organization and id = m.event_id
                  and id between :first and :last limit 1) event on true
            {acknowledgement}
            left join lateral (
                select max(attempts) as attempts
                from event_deliveries where organization_id = :organization and event_id = m.event_id) open on true
            left join lateral (
                select max(attempts) as attempts
                from dead_letters where organization_id = :organization and event_id = m.event_id) dead on true
            left join lateral (
                select max(number) over () as attempts, response_status, error, started_at
                from delivery_attempts
                where organization_id = :organization and event_id = m.event_id
                  and event_id between :first and :last and outcome not in ('c', 'x')
                order by started_at desc, number desc limit 1) latest on true
            """;

    private static final String ACKNOWLEDGEMENT = """
            left join lateral (
                select acknowledged_at
                from event_acks where organization_id = :organization and event_id = m.event_id
                  and event_id between :first and :last limit 1) ack on true
            """;

    private static final String NO_ACKNOWLEDGEMENT = """
            cross join (select null::timestamptz as acknowledged_at) ack
            """;

    private static final String STATE_COLUMNS = """
            event.bytes, ack.acknowledged_at, open.attempts as open, dead.attempts as dead,
            coalesce(greatest(open.attempts, dead.attempts, latest.attempts), 0) as attempts,
            latest.response_status, latest.error, latest.started_at""";

    private static final String PAGE = """
            with matched as materialized (
                select c.event_id from {candidates} c where {condition} order by c.event_id {desc} limit :wanted
            )
            select counted.matched,
                case when counted.matched < :wanted then (
                    select event_id from ({rows}) looked order by event_id {desc} offset :look - 1 limit 1
                ) end as edge,
                page.*
            from (select count(*) as matched from matched) counted
            left join lateral (
                select m.event_id, {columns}
                from (select event_id from matched order by event_id {desc} offset :skip) m
                {state}
            ) page on true
            order by page.event_id {desc}
            """;

    private static final String RANGE = """
            with looked as materialized (
                select c.event_id from {candidates} c order by c.event_id {desc} limit :wanted
            )
            select count(*) as events,
                (select event_id from looked order by event_id limit 1) as first,
                (select event_id from looked order by event_id desc limit 1) as last
            from looked
            """;

    /** The state of one event; no row if there is no such event. */
    static final String EVENT = """
            select m.event_id, {columns} from (select :event as event_id) m
            {state}
            where event.bytes is not null
            """.replace("{columns}", STATE_COLUMNS)
        .replace("{state}", STATE)
        .replace("{acknowledgement}", ACKNOWLEDGEMENT)
        .replaceAll(":first|:last", ":event");

    /** The states of events, as far as there are such events. */
    static final String EVENTS = """
            select m.event_id, {columns} from (select id as event_id from unnest(:ids::uuid[]) wanted (id)) m
            {state}
            where event.bytes is not null
            """.replace("{columns}", STATE_COLUMNS)
        .replace("{state}", STATE)
        .replace("{acknowledgement}", ACKNOWLEDGEMENT);

    private static final Map<Key, String> ALL = build();

    private InboxStatements() {
    }

    static String page(InboxStatus status, Direction direction, boolean typed) {
        return Objects.requireNonNull(ALL.get(new Key(status, direction, typed, false)));
    }

    /**
     * The same of events that were leased often.
     */
    static String received(InboxStatus status, Direction direction, boolean typed) {
        return Objects.requireNonNull(ALL.get(new Key(status, direction, typed, true)));
    }

    /**
     * How many events a page is to be made of, and the range of their ids; of the narrow
     * side alone.
     */
    static String range(InboxStatus status, Direction direction) {
        return complete(RANGE, status, direction).replace("{within}", "");
    }

    private static Map<Key, String> build() {
        Map<Key, String> statements = new HashMap<>();
        for (InboxStatus status : InboxStatus.values()) {
            for (Direction direction : Direction.values()) {
                for (boolean typed : new boolean[] { false, true }) {
                    statements.put(new Key(status, direction, typed, false), statement(status, direction, typed));
                    statements.put(new Key(status, direction, typed, true), received(PAGE, status, direction, typed));
                }
            }
        }
        return Map.copyOf(statements);
    }

    private static String statement(InboxStatus status, Direction direction, boolean typed) {
        // One row each, the type with it
        boolean events = (status == InboxStatus.ALL);
        String typeMatches = events ? TYPE_AT_HAND_MATCHES : TYPE_MATCHES;
        return state(complete(PAGE, status, direction).replace("{condition}",
                typed ? condition(status) + " and " + typeMatches : condition(status)), status, direction);
    }

    private static String received(String shape, InboxStatus status, Direction direction, boolean typed) {
        String condition = RECEIVED + " and " + narrow(status) + condition(status);
        return state(shape.replace("{candidates}", "({rows})")
            .replace("{rows}", RECEIVED_ROWS)
            .replace("{<}", direction.comparison())
            .replace("{condition}", typed ? condition + " and " + TYPE_MATCHES : condition), status, direction);
    }

    private static String state(String page, InboxStatus status, Direction direction) {
        return page.replace("{columns}", STATE_COLUMNS)
            .replace("{state}", STATE)
            .replace("{acknowledgement}", leavesOutAcknowledged(status) ? NO_ACKNOWLEDGEMENT : ACKNOWLEDGEMENT)
            .replace("{desc}", direction.keyword())
            .replace("{within}", "and event_id between :first and :last");
    }

    /** What the rows of a status say by themselves. */
    private static String narrow(InboxStatus status) {
        return switch (status) {
            case UNDELIVERED -> "(" + OPEN + " or " + FAILED + ") and ";
            case PENDING, RETRYING -> OPEN + " and ";
            case FAILED -> FAILED + " and ";
            case DELIVERED, ALL -> "";
        };
    }

    private static String complete(String shape, InboxStatus status, Direction direction) {
        String rows = rows(status);
        String candidates = (status == InboxStatus.ALL) ? "(" + rows + ")"
                : "(select distinct event_id from (" + rows + ") looked order by event_id {desc})";
        return shape.replace("{candidates}", candidates)
            .replace("{rows}", rows)
            .replace("{desc}", direction.keyword())
            .replace("{<}", direction.comparison());
    }

    private static String rows(InboxStatus status) {
        return switch (status) {
            case UNDELIVERED -> either(PENDING_ROWS, FAILED_ROWS);
            case PENDING, RETRYING -> PENDING_ROWS;
            case FAILED -> FAILED_ROWS;
            case DELIVERED -> either(ATTEMPT_ROWS, ACKNOWLEDGED_ROWS);
            case ALL -> EVENT_ROWS;
        };
    }

    private static String either(String some, String others) {
        return "select event_id from ((" + some + ") union all (" + others
                + ")) rows order by event_id {desc} limit :look";
    }

    private static String condition(InboxStatus status) {
        return switch (status) {
            case UNDELIVERED, PENDING -> ACKNOWLEDGED + " is null";
            case RETRYING -> ACKNOWLEDGED + " is null and (" + OPEN_AND_TRIED + " or " + TRIED + ")";
            case FAILED -> ACKNOWLEDGED + " is null and " + OPEN + " is null";
            case DELIVERED ->
                "(" + ACKNOWLEDGED + " or (" + OPEN + " is null and " + FAILED + " is null and " + DELIVERED + "))";
            case ALL -> "true";
        };
    }

    private static boolean leavesOutAcknowledged(InboxStatus status) {
        return switch (status) {
            case UNDELIVERED, PENDING, RETRYING, FAILED -> true;
            case DELIVERED, ALL -> false;
        };
    }

    private record Key(InboxStatus status, Direction direction, boolean typed, boolean received) {
    }

}
