// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Acknowledgement(Instant acknowledgedAt, String eventId, String id, String message, String status, boolean success) {

    /** From JSON members, those that are not known passed over. */
    public static Acknowledgement from(Map<String, Object> members) {
        return new Acknowledgement(Members.instant(members, "acknowledged_at"),
            Members.string(members, "event_id"),
            Members.string(members, "id"),
            Members.string(members, "message"),
            Members.string(members, "status"),
            Members.boolean_(members, "success"));
    }

}
