// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Erasure(Map<String, Long> counts, Instant finishedAt, String id, String organizationId, Instant requestedAt, long rows, Instant startedAt, String state) {

    /** From JSON members, those that are not known passed over. */
    public static Erasure from(Map<String, Object> members) {
        return new Erasure(Members.map(members, "counts", Members::toLong),
            Members.instant(members, "finished_at"),
            Members.string(members, "id"),
            Members.string(members, "organization_id"),
            Members.instant(members, "requested_at"),
            Members.long_(members, "rows"),
            Members.instant(members, "started_at"),
            Members.string(members, "state"));
    }

}
