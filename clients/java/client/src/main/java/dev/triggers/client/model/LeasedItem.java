// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** An event of the inbox, leased */
public record LeasedItem(long attempts, Instant createdAt, String dedupId, String deliveryStatus, String eventId, String eventType, String id, String lastError, Instant leasedUntil, Object payload, long receives, Long responseStatus, String status, String type, Instant updatedAt) {

    /** From JSON members, those that are not known passed over. */
    public static LeasedItem from(Map<String, Object> members) {
        return new LeasedItem(Members.long_(members, "attempts"),
            Members.instant(members, "created_at"),
            Members.string(members, "dedup_id"),
            Members.string(members, "delivery_status"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.string(members, "id"),
            Members.string(members, "last_error"),
            Members.instant(members, "leased_until"),
            members.get("payload"),
            Members.long_(members, "receives"),
            Members.longOrNull(members, "response_status"),
            Members.string(members, "status"),
            Members.string(members, "type"),
            Members.instant(members, "updated_at"));
    }

}
