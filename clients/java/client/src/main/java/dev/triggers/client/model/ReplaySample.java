// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ReplaySample(Instant createdAt, String endpointId, String eventId, String type) {

    /** From JSON members, those that are not known passed over. */
    public static ReplaySample from(Map<String, Object> members) {
        return new ReplaySample(Members.instant(members, "created_at"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "event_id"),
            Members.string(members, "type"));
    }

}
