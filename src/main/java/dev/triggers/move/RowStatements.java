package dev.triggers.move;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What statements that read an organization's rows have in common. They call the table t.
 */
final class RowStatements {

    private RowStatements() {
    }

    /** A row as JSON, with what another cell can read its sender by. */
    static String line(MovedTable table, List<String> columns) {
        String members = columns.stream().map((column) -> "t." + quoted(column)).collect(Collectors.joining(", "));
        String sender = (table != MovedTable.DELIVERY_ATTEMPTS) ? "" : """
                , (select s.user_agent from senders s where s.id = t.sender) as sender_agent,
                (select s.body_aliases from senders s where s.id = t.sender) as sender_aliases""";
        return "(select row_to_json(x)::text from (select " + members + sender + ") x)";
    }

    static String quoted(String column) {
        return '"' + column + '"';
    }

    /**
     * Which rows of a table are an organization's.
     * @param since only what is not older; null: all
     * @param after the key of the row before; null: from the first on
     */
    static String rows(MovedTable table, @Nullable String since, @Nullable List<String> after) {
        StringBuilder condition = new StringBuilder(table.owner().equals(MovedTable.ENDPOINT)
                ? "t.endpoint_id in (select id from endpoints where organization_id = :organization)"
                : "t." + table.owner() + " = :organization");
        condition.append(" and ").append(table.condition());
        if (table.event() != null) {
            condition.append(" and t.").append(table.event()).append(" >= :oldest");
        }
        if (since != null) {
            condition.append(" and age(t.xmin) <= age(cast(:since as xid8)::xid)");
        }
        if (after != null) {
            condition.append(" and (")
                .append(String.join(", ", table.keyColumns()))
                .append(") > (")
                .append(afterValues(table))
                .append(')');
        }
        return condition.toString();
    }

    private static String afterValues(MovedTable table) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < table.key().size(); i++) {
            values.append((i > 0) ? ", " : "")
                .append("cast(:after")
                .append(i)
                .append(" as ")
                .append(table.keyTypes().get(i))
                .append(')');
        }
        return values.toString();
    }

    /**
     * What came since the last pass, without reading a history through: events by their
     * entries in the log, which is exact whatever clocks say.
     */
    static String recent(MovedTable table) {
        String own = rows(table, "", null);
        String young = "%s >= uuid_floor(cast(:began as timestamptz) - interval '1 minute')";
        // Nothing here may be read in another order: a planner cannot know how few are
        // recent
        String logged = """
                any (array(select e.%s from (
                    select l.id, l.last_id, l.position from events l
                    where l.organization_id = :organization and l.last_id is not null
                        and l.position >= (cast(:generation as bigint) << 48) + cast(:since as bigint) offset 0) l
                cross join lateral (
                    select e.id, e.dedup_id from events e
                    where e.organization_id = :organization and e.id between l.id and l.last_id
                        and e.position = l.position and cast(:began as timestamptz) is not null offset 0) e))""";
        return switch (table) {
            case EVENTS -> "t.organization_id = :organization and t.id >= :oldest and t.id = " + logged.formatted("id");
            case DEDUPLICATION_CACHE ->
                "t.organization_id = :organization and t.dedup_id = " + logged.formatted("dedup_id");
            case DELIVERY_ATTEMPTS -> own + " and " + young.formatted("t.event_id");
            case AUDIT -> own + " and " + young.formatted("t.id");
            default -> own;
        };
    }

}
