package dev.triggers.statistics;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Figures of an organization, as far as the key may see it.
 *
 * @param range how far back they go
 * @param since when the first of the buckets begins
 * @param accepted events that were accepted; null for keys that are held to event types
 * @param delivered deliveries that succeeded
 * @param failed attempts that failed
 * @param exhausted deliveries that failed for good
 * @param failingEndpoints endpoints whose latest attempt failed or that the service
 * disabled, the one that fails for longest first; at most 100
 * @param oldestDue the delivery that has been due for longest; null if none is
 * @param buckets the same by minute, hour or day of UTC, the earliest first; the last one
 * has yet to end
 */
record OrganizationStatistics(String range, Instant since, @Nullable Long accepted, long delivered, long failed,
        long exhausted, List<FailingEndpoint> failingEndpoints, @Nullable OldestDue oldestDue, List<Bucket> buckets) {

    static OrganizationStatistics of(StatisticsRange range, Instant now, List<OrganizationCount> counts,
            boolean everyType, List<FailingEndpoint> failing, @Nullable OldestDue oldestDue) {
        return new OrganizationStatistics(range.text(), range.since(now),
                everyType ? counts.stream().mapToLong(OrganizationCount::accepted).sum() : null,
                counts.stream().mapToLong(OrganizationCount::delivered).sum(),
                counts.stream().mapToLong(OrganizationCount::failed).sum(),
                counts.stream().mapToLong(OrganizationCount::exhausted).sum(), failing, oldestDue,
                buckets(range, now, counts, everyType));
    }

    private static List<Bucket> buckets(StatisticsRange range, Instant now, List<OrganizationCount> counts,
            boolean everyType) {
        SortedMap<Instant, OrganizationCount> sums = new TreeMap<>();
        range.steps(now).forEach((start) -> sums.put(start, OrganizationCount.none(start)));
        counts.forEach((count) -> sums.computeIfPresent(range.stepOf(count.start()), (start, sum) -> sum.plus(count)));
        return sums.values().stream().map((sum) -> Bucket.of(sum, everyType)).toList();
    }

    /**
     * An endpoint that fails.
     *
     * @param endpointId the endpoint
     * @param failingSince when the first of its failures in a row was; null if there are
     * none
     * @param consecutiveFailures how many there are
     * @param circuit {@code closed}: deliveries go; {@code open}: they wait;
     * {@code half_open}: one goes to try
     * @param enabled whether it is enabled
     * @param disabledReason why the service disabled it
     */
    @Schema(name = "FailingEndpoint")
    record FailingEndpoint(UUID endpointId, @Nullable Instant failingSince, int consecutiveFailures, String circuit,
            boolean enabled, @Nullable String disabledReason) {

    }

    /**
     * What has been due for longest.
     *
     * @param endpointId where it is to go; a disabled endpoint or an open circuit holds
     * it back
     * @param dueAt since when
     */
    @Schema(name = "OldestDue")
    record OldestDue(UUID endpointId, Instant dueAt) {

    }

    /**
     * What happened within a minute, an hour or a day.
     *
     * @param start when it begins
     * @param accepted events that were accepted; null for keys that are held to event
     * types
     * @param delivered deliveries that succeeded, by the beginning of the attempt
     * @param failed attempts that failed
     */
    @Schema(name = "OrganizationBucket")
    record Bucket(Instant start, @Nullable Long accepted, long delivered, long failed) {

        static Bucket of(OrganizationCount count, boolean everyType) {
            return new Bucket(count.start(), everyType ? count.accepted() : null, count.delivered(), count.failed());
        }

    }

}
