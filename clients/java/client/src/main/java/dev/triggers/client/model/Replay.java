// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Replay(boolean again, boolean capped, Instant estimatedEnd, ReplayFilter filter, Instant finishedAt, String id, long matching, double progress, Long ratePerSecond, Instant requestedAt, long requeued, boolean sinceClamped, long skipped, String state, String toEndpointId) {

    /** From JSON members, those that are not known passed over. */
    public static Replay from(Map<String, Object> members) {
        return new Replay(Members.boolean_(members, "again"),
            Members.boolean_(members, "capped"),
            Members.instant(members, "estimated_end"),
            Members.object(members, "filter", ReplayFilter::from),
            Members.instant(members, "finished_at"),
            Members.string(members, "id"),
            Members.long_(members, "matching"),
            Members.double_(members, "progress"),
            Members.longOrNull(members, "rate_per_second"),
            Members.instant(members, "requested_at"),
            Members.long_(members, "requeued"),
            Members.boolean_(members, "since_clamped"),
            Members.long_(members, "skipped"),
            Members.string(members, "state"),
            Members.string(members, "to_endpoint_id"));
    }

}
