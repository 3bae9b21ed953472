package dev.triggers.statistics;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What an organization used in a span of time.
 *
 * @param accepted events that were accepted
 * @param duplicates events that had been accepted before
 * @param rejected events that were not acceptable
 * @param bytes of the payloads of accepted events
 * @param attempts attempts to deliver
 * @param delivered those that succeeded
 * @param dead deliveries that failed for good
 * @param reads requests that read
 */
@Schema(name = "UsageTotals")
public record UsageTotals(long accepted, long duplicates, long rejected, long bytes, long attempts, long delivered,
        long dead, long reads) {

    /** Nothing. */
    public static final UsageTotals NONE = new UsageTotals(0, 0, 0, 0, 0, 0, 0, 0);

    UsageTotals plus(UsageTotals other) {
        return new UsageTotals(this.accepted + other.accepted, this.duplicates + other.duplicates,
                this.rejected + other.rejected, this.bytes + other.bytes, this.attempts + other.attempts,
                this.delivered + other.delivered, this.dead + other.dead, this.reads + other.reads);
    }

    /**
     * What was used within an hour or a day.
     *
     * @param start when it begins
     * @param totals what was used
     */
    record Step(Instant start, UsageTotals totals) {

    }

}
