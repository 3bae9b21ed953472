// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptPage(List<Attempt> attempts, long count, boolean hasMore, long limit, String nextCursor) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptPage from(Map<String, Object> members) {
        return new AttemptPage(Members.list(members, "attempts", value -> Attempt.from(Members.toObject(value))),
            Members.long_(members, "count"),
            Members.boolean_(members, "has_more"),
            Members.long_(members, "limit"),
            Members.string(members, "next_cursor"));
    }

}
