// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StatisticsOutcome(long attempts, Instant lastAt, String outcome, Long p50Ms, Long p95Ms) {

    /** From JSON members, those that are not known passed over. */
    public static StatisticsOutcome from(Map<String, Object> members) {
        return new StatisticsOutcome(Members.long_(members, "attempts"),
            Members.instant(members, "last_at"),
            Members.string(members, "outcome"),
            Members.longOrNull(members, "p50_ms"),
            Members.longOrNull(members, "p95_ms"));
    }

}
