package dev.triggers.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
            .sql((query.minReceives() > 0) ? InboxStatements.received(query.status(), query.direction(), type != null)
                    : InboxStatements.page(query.status(), query.direction(), type != null))
            .param("organization", organizationId)
            .param("after", query.after())
            .param("first", range.first())
            .param("last", range.last())
            .param("look", query.look())
            .param("wanted", query.wanted())
            .param("skip", query.skip());
        if (type != null) {
            statement = statement.param("low", type.low())
                .param("high", type.high())
                .param("visible", type.visible().patterns());
        }
        if (query.minReceives() > 0) {
            statement = statement.param("receives", query.minReceives());
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
                found.add(ItemRepository.state(results));
            }
        }
        return new Page(InboxSlice.cut(query, found, matched, edge), matched);
    }

    /**
     * A page, and how many events matched, those passed over included.
     */
    private record Page(InboxSlice slice, int matched) {

    }

}
