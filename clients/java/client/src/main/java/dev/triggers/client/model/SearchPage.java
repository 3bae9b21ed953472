// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record SearchPage(long count, List<InboxItem> events, boolean hasMore, long limit, String nextCursor, Instant searchedUntil) {

    /** From JSON members, those that are not known passed over. */
    public static SearchPage from(Map<String, Object> members) {
        return new SearchPage(Members.long_(members, "count"),
            Members.list(members, "events", value -> InboxItem.from(Members.toObject(value))),
            Members.boolean_(members, "has_more"),
            Members.long_(members, "limit"),
            Members.string(members, "next_cursor"),
            Members.instant(members, "searched_until"));
    }

}
