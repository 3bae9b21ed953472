// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamedAttempt(long durationMs, String endpointId, String error, String errorCode, String eventId, String eventType, Instant nextAttemptAt, long number, String outcome, Long responseStatus, Instant startedAt) {

    /** From JSON members, those that are not known passed over. */
    public static StreamedAttempt from(Map<String, Object> members) {
        return new StreamedAttempt(Members.long_(members, "duration_ms"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.string(members, "event_type"),
            Members.instant(members, "next_attempt_at"),
            Members.long_(members, "number"),
            Members.string(members, "outcome"),
            Members.longOrNull(members, "response_status"),
            Members.instant(members, "started_at"));
    }

}
