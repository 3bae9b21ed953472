package dev.triggers.ratelimit;

import java.time.Duration;

import io.github.bucket4j.distributed.BucketProxy;

/**
 * One organization's bucket, with what was last known of its content: most answers tell
 * that without asking the bucket again.
 */
final class Allowance {

    static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final BucketProxy bucket;

    private final Runnable maker;

    private final int limit;

    private volatile Level level = new Level(0, 0, false);

    /**
     * @param bucket the bucket, of which this instance keeps a part
     * @param maker makes the bucket where there is none
     * @param limit what it holds
     */
    Allowance(BucketProxy bucket, Runnable maker, int limit) {
        this.bucket = bucket;
        this.maker = maker;
        this.limit = limit;
    }

    BucketProxy bucket() {
        return this.bucket;
    }

    void makeBucket() {
        this.maker.run();
    }

    int limit() {
        return this.limit;
    }

    void know(long tokens, long nanoTime) {
        this.level = new Level(tokens, nanoTime, true);
    }

    /** Whether anything is known that was learned since the given time. */
    boolean isKnownSince(long nanoTime) {
        Level known = this.level;
        return known.known && known.nanoTime - nanoTime >= 0;
    }

    /** The tokens that the bucket holds now, so far as known: it refills evenly. */
    long remaining(long nanoTime) {
        Level known = this.level;
        if (!known.known) {
            return this.limit;
        }
        double refilled = (double) this.limit * (nanoTime - known.nanoTime) / MINUTE_NANOS;
        return Math.max(0, Math.min(this.limit, known.tokens + (long) refilled));
    }

    /** How long the bucket takes to be full again. */
    long nanosUntilFull(long nanoTime) {
        Level known = this.level;
        if (!known.known) {
            return 0;
        }
        double missing = this.limit - known.tokens;
        return Math.max(0, (long) (missing / this.limit * MINUTE_NANOS) - (nanoTime - known.nanoTime));
    }

    private record Level(long tokens, long nanoTime, boolean known) {
    }

}
