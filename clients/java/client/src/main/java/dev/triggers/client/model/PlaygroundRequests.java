// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record PlaygroundRequests(boolean hasMore, String nextCursor, List<PlaygroundRequest> requests) {

    /** From JSON members, those that are not known passed over. */
    public static PlaygroundRequests from(Map<String, Object> members) {
        return new PlaygroundRequests(Members.boolean_(members, "has_more"),
            Members.string(members, "next_cursor"),
            Members.list(members, "requests", value -> PlaygroundRequest.from(Members.toObject(value))));
    }

}
