package dev.triggers.ratelimit;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.proxy.BucketNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * One organization's bucket, with what was last known of its content: most answers tell
 * that without asking the bucket again.
 */
final class Allowance {

    static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Bucket bucket;

    private final Runnable maker;

    private final int limit;

    private final ReentrantLock making = new ReentrantLock();

    private volatile int made;

    private volatile @Nullable Level level;

    /**
     * Makes an allowance.
     * @param bucket the bucket, of which this instance keeps a part
     * @param maker makes the bucket where there is none
     * @param limit what it holds
     */
    Allowance(Bucket bucket, Runnable maker, int limit) {
        this.bucket = bucket;
        this.maker = maker;
        this.limit = limit;
    }

    int limit() {
        return this.limit;
    }

    /**
     * Asks the bucket. Requests that share a round trip do not make a bucket that is
     * missing, but fail together; then one of them makes it, and all ask once more.
     */
    <T> T ask(Function<Bucket, T> question) {
        int before = this.made;
        try {
            return question.apply(this.bucket);
        }
        catch (RuntimeException ex) {
            if (!isMissing(ex)) {
                throw ex;
            }
            make(before);
            return question.apply(this.bucket);
        }
    }

    private void make(int before) {
        this.making.lock();
        try {
            if (this.made == before) {
                this.maker.run();
                this.made = before + 1;
            }
        }
        finally {
            this.making.unlock();
        }
    }

    private static boolean isMissing(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BucketNotFoundException) {
                return true;
            }
        }
        return false;
    }

    void know(long tokens, long nanoTime) {
        this.level = new Level(tokens, nanoTime);
    }

    /** Whether anything is known that was learned since the given time. */
    boolean isKnownSince(long nanoTime) {
        Level known = this.level;
        return known != null && known.nanoTime - nanoTime >= 0;
    }

    /** The tokens that the bucket holds now, so far as known: it refills evenly. */
    long remaining(long nanoTime) {
        Level known = this.level;
        if (known == null) {
            return this.limit;
        }
        double refilled = (double) this.limit * (nanoTime - known.nanoTime) / MINUTE_NANOS;
        return Math.clamp(known.tokens + (long) refilled, 0, this.limit);
    }

    /** How long the bucket takes to be full again. */
    long nanosUntilFull(long nanoTime) {
        Level known = this.level;
        if (known == null) {
            return 0;
        }
        double missing = this.limit - known.tokens;
        return Math.max(0, (long) (missing / this.limit * MINUTE_NANOS) - (nanoTime - known.nanoTime));
    }

    private record Level(long tokens, long nanoTime) {
    }

}
