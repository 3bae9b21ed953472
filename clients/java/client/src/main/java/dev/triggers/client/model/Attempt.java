// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Attempt(long durationMs, String endpointId, String error, String errorCode, String eventId, long number, String outcome, String responseBody, Long responseStatus, Instant startedAt, String type) {

    /** From JSON members, those that are not known passed over. */
    public static Attempt from(Map<String, Object> members) {
        return new Attempt(Members.long_(members, "duration_ms"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.long_(members, "number"),
            Members.string(members, "outcome"),
            Members.string(members, "response_body"),
            Members.longOrNull(members, "response_status"),
            Members.instant(members, "started_at"),
            Members.string(members, "type"));
    }

}
