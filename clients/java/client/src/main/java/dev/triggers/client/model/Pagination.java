// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Pagination(long count, boolean hasMore, long limit, String nextCursor, long offset) {

    /** From JSON members, those that are not known passed over. */
    public static Pagination from(Map<String, Object> members) {
        return new Pagination(Members.long_(members, "count"),
            Members.boolean_(members, "has_more"),
            Members.long_(members, "limit"),
            Members.string(members, "next_cursor"),
            Members.long_(members, "offset"));
    }

}
