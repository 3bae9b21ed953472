// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record EndpointList(long count, boolean hasMore, String nextCursor, List<Webhook> webhooks) {

    /** From JSON members, those that are not known passed over. */
    public static EndpointList from(Map<String, Object> members) {
        return new EndpointList(Members.long_(members, "count"),
            Members.boolean_(members, "has_more"),
            Members.string(members, "next_cursor"),
            Members.list(members, "webhooks", value -> Webhook.from(Members.toObject(value))));
    }

}
