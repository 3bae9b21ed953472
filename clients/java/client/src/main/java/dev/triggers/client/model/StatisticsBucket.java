// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StatisticsBucket(long failed, Long p50Ms, Long p95Ms, Instant start, long succeeded) {

    /** From JSON members, those that are not known passed over. */
    public static StatisticsBucket from(Map<String, Object> members) {
        return new StatisticsBucket(Members.long_(members, "failed"),
            Members.longOrNull(members, "p50_ms"),
            Members.longOrNull(members, "p95_ms"),
            Members.instant(members, "start"),
            Members.long_(members, "succeeded"));
    }

}
