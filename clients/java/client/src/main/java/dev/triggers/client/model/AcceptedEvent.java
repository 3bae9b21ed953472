// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AcceptedEvent(Instant createdAt, String deliveryStatus, String eventId, String id, String message, String organizationId, String status, String type) {

    /** From JSON members, those that are not known passed over. */
    public static AcceptedEvent from(Map<String, Object> members) {
        return new AcceptedEvent(Members.instant(members, "created_at"),
            Members.string(members, "delivery_status"),
            Members.string(members, "event_id"),
            Members.string(members, "id"),
            Members.string(members, "message"),
            Members.string(members, "organization_id"),
            Members.string(members, "status"),
            Members.string(members, "type"));
    }

}
