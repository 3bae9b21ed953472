package dev.triggers.lease;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How far the events that a filter lets through were looked at by this instance. It only
 * saves looking: what lies behind is looked at again, a step at a time and round and
 * round, since events commit out of order, and old ones are opened again by a redelivery.
 *
 * @param ahead up to here all were leased, or let alone
 * @param behind how far behind that the look for those that were missed has come
 * @param free how far the look at what is leased no more has come; the start, unless
 * there is a lot that the filter leaves out
 * @param sweptAt when the last step behind was made, in nanoseconds
 */
record Position(UUID ahead, UUID behind, UUID free, long sweptAt) {

    private static final long SWEEP_NANOS = Duration.ofMillis(100).toNanos();

    static Position start() {
        return new Position(Walk.START, Walk.START, Walk.START, System.nanoTime() - SWEEP_NANOS);
    }

    /** A consumer that is always served in full must not keep others waiting for ever. */
    boolean isSweepDue() {
        return System.nanoTime() - this.sweptAt >= SWEEP_NANOS;
    }

    /**
     * The position after a round.
     * @param found what was found
     * @param behind what was found behind; null if nobody looked
     * @param done the last event that was dealt with
     */
    Position after(Found found, @Nullable Walk behind, @Nullable UUID done) {
        UUID next = found.ahead().next(this.ahead, done);
        return new Position((next.compareTo(this.ahead) > 0) ? next : this.ahead,
                (behind != null) ? behind.next(this.behind, done) : this.behind,
                (found.free().beyond() != null) ? found.free().beyond() : this.free,
                (behind != null) ? System.nanoTime() : this.sweptAt);
    }

}
