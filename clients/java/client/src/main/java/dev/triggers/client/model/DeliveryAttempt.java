// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record DeliveryAttempt(long durationMs, String error, String errorCode, long number, String responseBody, Long responseStatus, Instant startedAt) {

    /** From JSON members, those that are not known passed over. */
    public static DeliveryAttempt from(Map<String, Object> members) {
        return new DeliveryAttempt(Members.long_(members, "duration_ms"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.long_(members, "number"),
            Members.string(members, "response_body"),
            Members.longOrNull(members, "response_status"),
            Members.instant(members, "started_at"));
    }

}
