// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OldestDue(Instant dueAt, String endpointId) {

    /** From JSON members, those that are not known passed over. */
    public static OldestDue from(Map<String, Object> members) {
        return new OldestDue(Members.instant(members, "due_at"),
            Members.string(members, "endpoint_id"));
    }

}
