package dev.triggers.inbox;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing. There is no total: counting would cost what the history costs.
 *
 * @param events the events
 * @param nextCursor where the next page begins
 * @param hasMore whether there is a next page; this one may be short or empty all the
 * same
 * @param count the number of events on this page
 * @param limit the limit that was applied
 * @param pagination the same once more
 */
@Schema(name = "InboxPage")
record InboxPage(List<InboxItem> events, @Nullable String nextCursor, boolean hasMore, int count, int limit,
        Pagination pagination) {

    static InboxPage of(List<InboxItem> events, @Nullable InboxCursor next, int limit, int offset) {
        String cursor = (next != null) ? next.text() : null;
        boolean more = (next != null);
        return new InboxPage(events, cursor, more, events.size(), limit,
                new Pagination(limit, offset, events.size(), more, cursor));
    }

    /**
     * Where the page stands in its listing.
     *
     * @param limit the limit that was applied
     * @param offset the offset that was asked for
     * @param count the number of events on this page
     * @param hasMore whether there is a next page
     * @param nextCursor where the next page begins
     */
    @Schema(name = "Pagination")
    record Pagination(int limit, int offset, int count, boolean hasMore, @Nullable String nextCursor) {
    }

}
