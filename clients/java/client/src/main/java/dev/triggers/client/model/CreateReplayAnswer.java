// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record CreateReplayAnswer(boolean capped, long matching, List<ReplaySample> sample, Instant since, boolean sinceClamped, Boolean again, Instant estimatedEnd, ReplayFilter filter, Instant finishedAt, String id, Double progress, Long ratePerSecond, Instant requestedAt, Long requeued, Long skipped, String state, String toEndpointId) {

    /** From JSON members, those that are not known passed over. */
    public static CreateReplayAnswer from(Map<String, Object> members) {
        return new CreateReplayAnswer(Members.boolean_(members, "capped"),
            Members.long_(members, "matching"),
            Members.list(members, "sample", value -> ReplaySample.from(Members.toObject(value))),
            Members.instant(members, "since"),
            Members.boolean_(members, "since_clamped"),
            Members.booleanOrNull(members, "again"),
            Members.instant(members, "estimated_end"),
            Members.object(members, "filter", ReplayFilter::from),
            Members.instant(members, "finished_at"),
            Members.string(members, "id"),
            Members.doubleOrNull(members, "progress"),
            Members.longOrNull(members, "rate_per_second"),
            Members.instant(members, "requested_at"),
            Members.longOrNull(members, "requeued"),
            Members.longOrNull(members, "skipped"),
            Members.string(members, "state"),
            Members.string(members, "to_endpoint_id"));
    }

}
