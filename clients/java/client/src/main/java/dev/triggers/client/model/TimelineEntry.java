// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record TimelineEntry(Instant at, Long durationMs, String endpointId, String errorCode, Long number, Long responseStatus, String what) {

    /** From JSON members, those that are not known passed over. */
    public static TimelineEntry from(Map<String, Object> members) {
        return new TimelineEntry(Members.instant(members, "at"),
            Members.longOrNull(members, "duration_ms"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error_code"),
            Members.longOrNull(members, "number"),
            Members.longOrNull(members, "response_status"),
            Members.string(members, "what"));
    }

}
