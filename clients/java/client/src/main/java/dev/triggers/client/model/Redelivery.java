// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Redelivery(List<String> endpointIds, String eventId, String id, long redelivered, String status) {

    /** From JSON members, those that are not known passed over. */
    public static Redelivery from(Map<String, Object> members) {
        return new Redelivery(Members.list(members, "endpoint_ids", Members::toString),
            Members.string(members, "event_id"),
            Members.string(members, "id"),
            Members.long_(members, "redelivered"),
            Members.string(members, "status"));
    }

}
