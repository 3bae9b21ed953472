// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptInFull(String advice, AttemptConnection connection, String curl, long durationMs, String endpointId, String error, String errorCode, String eventId, Long next, Instant nextAttemptAt, long number, String outcome, AttemptPhases phases, Long previous, AttemptRequest request, AttemptResponse response, Instant startedAt, String traceId, String type) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptInFull from(Map<String, Object> members) {
        return new AttemptInFull(Members.string(members, "advice"),
            Members.object(members, "connection", AttemptConnection::from),
            Members.string(members, "curl"),
            Members.long_(members, "duration_ms"),
            Members.string(members, "endpoint_id"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.longOrNull(members, "next"),
            Members.instant(members, "next_attempt_at"),
            Members.long_(members, "number"),
            Members.string(members, "outcome"),
            Members.object(members, "phases", AttemptPhases::from),
            Members.longOrNull(members, "previous"),
            Members.object(members, "request", AttemptRequest::from),
            Members.object(members, "response", AttemptResponse::from),
            Members.instant(members, "started_at"),
            Members.string(members, "trace_id"),
            Members.string(members, "type"));
    }

}
