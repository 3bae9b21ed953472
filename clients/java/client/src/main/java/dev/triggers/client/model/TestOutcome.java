// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record TestOutcome(long durationMs, String error, String errorCode, String eventId, String responseBody, Long responseStatus, boolean success, String type) {

    /** From JSON members, those that are not known passed over. */
    public static TestOutcome from(Map<String, Object> members) {
        return new TestOutcome(Members.long_(members, "duration_ms"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.string(members, "response_body"),
            Members.longOrNull(members, "response_status"),
            Members.boolean_(members, "success"),
            Members.string(members, "type"));
    }

}
