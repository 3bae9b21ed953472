package dev.triggers.statistics;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Figures of an endpoint's attempts.
 *
 * @param range how far back they go
 * @param since when the first of the buckets begins
 * @param attempts how many
 * @param successes those answered with 2xx
 * @param failures the others
 * @param exhausted failures after which nothing was left to try
 * @param successRate successes among them, from 0 to 1; null without any
 * @param durationP50Ms median of their durations
 * @param durationP95Ms 95th percentile of their durations
 * @param lastFailure the latest failure of the range
 * @param outcomes the same by what came of them, the most frequent first
 * @param buckets the same by minute, hour or day of UTC, the earliest first; the last one
 * has yet to end
 */
@Schema(name = "Statistics")
record EndpointStatistics(String range, Instant since, long attempts, long successes, long failures, long exhausted,
        @Nullable Double successRate, @Nullable Integer durationP50Ms, @Nullable Integer durationP95Ms,
        @Nullable LastFailure lastFailure, List<Outcome> outcomes, List<Bucket> buckets) {

    static EndpointStatistics of(StatisticsRange range, Instant now, List<AttemptCount> counts,
            @Nullable LastFailure lastFailure) {
        long attempts = counts.stream().mapToLong(AttemptCount::attempts).sum();
        long successes = counts.stream().filter(AttemptCount::delivered).mapToLong(AttemptCount::attempts).sum();
        Durations durations = durations(counts);
        return new EndpointStatistics(range.text(), range.since(now), attempts, successes, attempts - successes,
                counts.stream().mapToLong(AttemptCount::exhausted).sum(),
                (attempts > 0) ? (double) successes / attempts : null, durations.p50(), durations.p95(), lastFailure,
                outcomes(counts), buckets(range, now, counts));
    }

    private static Durations durations(List<AttemptCount> counts) {
        return counts.stream().map(AttemptCount::durations).reduce(Durations.NONE, Durations::plus);
    }

    private static List<Outcome> outcomes(List<AttemptCount> counts) {
        Map<String, AttemptCount> sums = new TreeMap<>();
        counts.forEach((count) -> sums.merge(count.outcome(), count, AttemptCount::plus));
        return sums.values()
            .stream()
            .sorted(Comparator.comparingLong(AttemptCount::attempts).reversed())
            .map(Outcome::of)
            .toList();
    }

    private static List<Bucket> buckets(StatisticsRange range, Instant now, List<AttemptCount> counts) {
        SortedMap<Instant, Bucket.Sum> sums = new TreeMap<>();
        range.steps(now).forEach((start) -> sums.put(start, Bucket.Sum.NONE));
        counts.forEach((count) -> sums.computeIfPresent(range.stepOf(count.start()), (start, sum) -> sum.plus(count)));
        return sums.entrySet().stream().map((entry) -> entry.getValue().bucket(entry.getKey())).toList();
    }

    /**
     * A failure.
     *
     * @param at when the attempt began
     * @param errorCode why it failed
     * @param error the same in words; null, as what follows, if the attempt is kept no
     * more
     * @param eventId the event
     * @param number the attempt's number among those of its delivery
     */
    record LastFailure(Instant at, String errorCode, @Nullable String error, @Nullable UUID eventId,
            @Nullable Integer number) {

    }

    /**
     * Attempts with the same outcome.
     *
     * @param outcome {@code delivered}, or the error code
     * @param attempts how many
     * @param p50Ms median of their durations, as the following within a sixteenth
     * @param p95Ms 95th percentile of their durations
     * @param lastAt when the latest of them began
     */
    @Schema(name = "StatisticsOutcome")
    record Outcome(String outcome, long attempts, @Nullable Integer p50Ms, @Nullable Integer p95Ms, Instant lastAt) {

        static Outcome of(AttemptCount count) {
            return new Outcome(count.outcome(), count.attempts(), count.durations().p50(), count.durations().p95(),
                    count.last().at());
        }

    }

    /**
     * Attempts that began within a minute, an hour or a day.
     *
     * @param start when it begins
     * @param succeeded those answered with 2xx
     * @param failed the others
     * @param p50Ms median of their durations; null without any
     * @param p95Ms 95th percentile of their durations; null without any
     */
    @Schema(name = "StatisticsBucket")
    record Bucket(Instant start, long succeeded, long failed, @Nullable Integer p50Ms, @Nullable Integer p95Ms) {

        /**
         * What has been added up of a bucket.
         */
        record Sum(long succeeded, long failed, Durations durations) {

            static final Sum NONE = new Sum(0, 0, Durations.NONE);

            Sum plus(AttemptCount count) {
                return new Sum(this.succeeded + (count.delivered() ? count.attempts() : 0),
                        this.failed + (count.delivered() ? 0 : count.attempts()),
                        this.durations.plus(count.durations()));
            }

            Bucket bucket(Instant start) {
                return new Bucket(start, this.succeeded, this.failed, this.durations.p50(), this.durations.p95());
            }

        }

    }

}
