// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Event(long attempts, Instant createdAt, String dedupId, List<Delivery> deliveries, String deliveryStatus, String eventId, String eventType, String id, String lastError, Object payload, Long responseStatus, String status, List<TimelineEntry> timeline, String type, Instant updatedAt) {

    /** From JSON members, those that are not known passed over. */
    public static Event from(Map<String, Object> members) {
        return new Event(Members.long_(members, "attempts"),
            Members.instant(members, "created_at"),
            Members.string(members, "dedup_id"),
            Members.list(members, "deliveries", value -> Delivery.from(Members.toObject(value))),
            Members.string(members, "delivery_status"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.string(members, "id"),
            Members.string(members, "last_error"),
            members.get("payload"),
            Members.longOrNull(members, "response_status"),
            Members.string(members, "status"),
            Members.list(members, "timeline", value -> TimelineEntry.from(Members.toObject(value))),
            Members.string(members, "type"),
            Members.instant(members, "updated_at"));
    }

}
