// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Delivery(List<DeliveryAttempt> attemptLog, long attempts, String endpointId, String errorCode, String id, String lastError, Instant nextAttemptAt, String status, String url) {

    /** From JSON members, those that are not known passed over. */
    public static Delivery from(Map<String, Object> members) {
        return new Delivery(Members.list(members, "attempt_log", value -> DeliveryAttempt.from(Members.toObject(value))),
            Members.long_(members, "attempts"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error_code"),
            Members.string(members, "id"),
            Members.string(members, "last_error"),
            Members.instant(members, "next_attempt_at"),
            Members.string(members, "status"),
            Members.string(members, "url"));
    }

}
