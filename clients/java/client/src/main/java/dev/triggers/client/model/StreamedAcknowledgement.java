// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamedAcknowledgement(Instant acknowledgedAt, String eventId, String eventType, String id, String type) {

    /** From JSON members, those that are not known passed over. */
    public static StreamedAcknowledgement from(Map<String, Object> members) {
        return new StreamedAcknowledgement(Members.instant(members, "acknowledged_at"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.string(members, "id"),
            Members.string(members, "type"));
    }

}
