package dev.triggers.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Listings. A listing reads the narrow side first, which tells what a page will weigh;
 * texts follow for what the page holds.
 */
@Repository
class InboxRepository {

    private final JdbcClient jdbc;

    InboxRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    InboxSlice find(UUID organizationId, InboxQuery query) {
        if (!query.isNarrow()) {
            return page(organizationId, query, EventRange.ALL).slice();
        }
        EventRange range = range(organizationId, query);
        if (range.events() == 0) {
            return InboxSlice.EMPTY;
        }
        Page page = page(organizationId, query, range);
        // What is hidden, as what was acknowledged and is sent again, leaves it short.
        boolean complete = page.matched == query.wanted() || range.events() < query.wanted();
        return complete ? page.slice() : page(organizationId, query, EventRange.ALL).slice();
    }

    private EventRange range(UUID organizationId, InboxQuery query) {
        return this.jdbc.sql(InboxStatements.range(query.status(), query.direction()))
            .param("organization", organizationId)
            .param("after", query.after())
            .param("look", query.look())
            .param("wanted", query.wanted())
            .query((row, number) -> EventRange.of(row.getInt("events"), row.getObject("first", UUID.class),
                    row.getObject("last", UUID.class)))
            .single();
    }

    private Page page(UUID organizationId, InboxQuery query, EventRange range) {
        TypeFilter type = query.type();
        JdbcClient.StatementSpec statement = this.jdbc
            .sql(InboxStatements.page(query.status(), query.direction(), type != null))
            .param("organization", organizationId)
            .param("after", query.after())
            .param("first", range.first())
            .param("last", range.last())
            .param("look", query.look())
            .param("wanted", query.wanted())
            .param("skip", query.skip());
        if (type != null) {
            statement = statement.param("low", type.low()).param("high", type.high());
        }
        return statement.query((ResultSetExtractor<Page>) (results) -> page(query, results));
    }

    private static Page page(InboxQuery query, ResultSet results) throws SQLException {
        List<EventState> found = new ArrayList<>();
        int matched = 0;
        UUID edge = null;
        while (results.next()) {
            matched = results.getInt("matched");
            edge = results.getObject("edge", UUID.class);
            if (results.getObject("event_id") != null) {
                found.add(state(results));
            }
        }
        return new Page(InboxSlice.cut(query, found, matched, edge), matched);
    }

    /**
     * The texts of events, by id. Events whose day was dropped since are left out. The
     * range that the ids span spares the server opening the days that hold none of them.
     */
    Map<UUID, EventTexts> texts(UUID organizationId, List<UUID> eventIds) {
        if (eventIds.isEmpty()) {
            return Map.of();
        }
        Map<UUID, EventTexts> texts = HashMap.newHashMap(eventIds.size());
        this.jdbc.sql("""
                select event.* from unnest(:ids::uuid[]) wanted (id)
                cross join lateral (
                    select id, type, dedup_id, payload
                    from events where organization_id = :organization and id = wanted.id
                      and id between :first and :last limit 1) event
                """)
            .param("organization", organizationId)
            .param("ids", array(eventIds))
            .param("first", Collections.min(eventIds))
            .param("last", Collections.max(eventIds))
            .query((row) -> {
                UUID id = row.getObject("id", UUID.class);
                texts.put(id,
                        new EventTexts(row.getString("type"), row.getString("dedup_id"), row.getString("payload")));
            });
        return texts;
    }

    static String[] array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    static EventState state(ResultSet row) throws SQLException {
        return new EventState(row.getObject("event_id", UUID.class), row.getInt("bytes"),
                instant(row, "acknowledged_at"), row.getObject("open") != null, row.getObject("dead") != null,
                row.getInt("attempts"), row.getObject("response_status", Integer.class), row.getString("error"),
                instant(row, "started_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    /**
     * A page, and how many events matched, those passed over included.
     */
    private record Page(InboxSlice slice, int matched) {

    }

}
