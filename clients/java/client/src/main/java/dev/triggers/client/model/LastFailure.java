// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record LastFailure(Instant at, String error, String errorCode, String eventId, Long number) {

    /** From JSON members, those that are not known passed over. */
    public static LastFailure from(Map<String, Object> members) {
        return new LastFailure(Members.instant(members, "at"),
            Members.string(members, "error"),
            Members.string(members, "error_code"),
            Members.string(members, "event_id"),
            Members.longOrNull(members, "number"));
    }

}
