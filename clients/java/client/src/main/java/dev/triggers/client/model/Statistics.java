// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Statistics(long attempts, List<StatisticsBucket> buckets, Long durationP50Ms, Long durationP95Ms, long exhausted, long failures, LastFailure lastFailure, List<StatisticsOutcome> outcomes, String range, Instant since, Double successRate, long successes) {

    /** From JSON members, those that are not known passed over. */
    public static Statistics from(Map<String, Object> members) {
        return new Statistics(Members.long_(members, "attempts"),
            Members.list(members, "buckets", value -> StatisticsBucket.from(Members.toObject(value))),
            Members.longOrNull(members, "duration_p50_ms"),
            Members.longOrNull(members, "duration_p95_ms"),
            Members.long_(members, "exhausted"),
            Members.long_(members, "failures"),
            Members.object(members, "last_failure", LastFailure::from),
            Members.list(members, "outcomes", value -> StatisticsOutcome.from(Members.toObject(value))),
            Members.string(members, "range"),
            Members.instant(members, "since"),
            Members.doubleOrNull(members, "success_rate"),
            Members.long_(members, "successes"));
    }

}
