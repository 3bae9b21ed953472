// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Move(Instant finishedAt, String from_, String id, String organizationId, long pass, String problem, Instant requestedAt, long rows, String state, String to, Long unavailableMs) {

    /** From JSON members, those that are not known passed over. */
    public static Move from(Map<String, Object> members) {
        return new Move(Members.instant(members, "finished_at"),
            Members.string(members, "from"),
            Members.string(members, "id"),
            Members.string(members, "organization_id"),
            Members.long_(members, "pass"),
            Members.string(members, "problem"),
            Members.instant(members, "requested_at"),
            Members.long_(members, "rows"),
            Members.string(members, "state"),
            Members.string(members, "to"),
            Members.longOrNull(members, "unavailable_ms"));
    }

}
