// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamedEvent(Instant createdAt, String dedupId, String eventId, String eventType, String id, Object payload, String type) {

    /** From JSON members, those that are not known passed over. */
    public static StreamedEvent from(Map<String, Object> members) {
        return new StreamedEvent(Members.instant(members, "created_at"),
            Members.string(members, "dedup_id"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.string(members, "id"),
            members.get("payload"),
            Members.string(members, "type"));
    }

}
