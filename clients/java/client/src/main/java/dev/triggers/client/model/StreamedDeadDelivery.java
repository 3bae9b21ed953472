// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamedDeadDelivery(long attempts, String endpointId, String errorCode, String eventId, String eventType, Instant failedAt, String lastError, Long responseStatus) {

    /** From JSON members, those that are not known passed over. */
    public static StreamedDeadDelivery from(Map<String, Object> members) {
        return new StreamedDeadDelivery(Members.long_(members, "attempts"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.instant(members, "failed_at"),
            Members.string(members, "last_error"),
            Members.longOrNull(members, "response_status"));
    }

}
