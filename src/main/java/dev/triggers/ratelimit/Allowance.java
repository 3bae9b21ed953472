package dev.triggers.ratelimit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final int SETTLED = -1;

    private final Bucket bucket;

    private final Runnable maker;

    private final int limit;

    /**
     * Tokens that are given before the bucket was first asked, so that an instance that
     * has just started keeps nobody waiting for it.
     */
    private final AtomicInteger advance;

    private final int mostInAdvance;

    private final ReentrantLock making = new ReentrantLock();

    private volatile int made;

    private volatile boolean settled;

    private volatile @Nullable Level level;

    /**
     * Makes an allowance.
     * @param bucket the bucket, of which this instance keeps a part
     * @param maker makes the bucket where there is none
     * @param limit what it holds
     * @param part what this instance may take of it before it tells the others
     */
    Allowance(Bucket bucket, Runnable maker, int limit, int part) {
        this.bucket = bucket;
        this.maker = maker;
        this.limit = limit;
        this.mostInAdvance = Math.min(part, limit);
        this.advance = new AtomicInteger(this.mostInAdvance);
    }

    int limit() {
        return this.limit;
    }

    /**
     * Takes tokens that the bucket is charged for when it is first asked.
     * @return false if there are not so many, or it was asked
     */
    boolean takeInAdvance(int tokens) {
        return this.advance.getAndUpdate((left) -> (left >= tokens) ? left - tokens : left) >= tokens;
    }

    private int givenInAdvance() {
        return this.mostInAdvance - Math.max(0, this.advance.get());
    }

    /**
     * Asks the bucket, which first is charged for what was given in advance: until it is,
     * nobody else asks, or would be given those tokens once more. Requests that share a
     * round trip do not make a bucket that is missing, but fail together; then one of
     * them makes it, and all ask once more.
     */
    <T> T ask(Function<Bucket, T> question) {
        if (!this.settled) {
            settle();
        }
        return askOrMake(question);
    }

    private void settle() {
        this.making.lock();
        try {
            if (!this.settled) {
                int given = this.mostInAdvance - this.advance.getAndSet(SETTLED);
                if (given > 0) {
                    askOrMake((bucket) -> {
                        bucket.consumeIgnoringRateLimits(given);
                        return given;
                    });
                }
            }
        }
        finally {
            // Even where the bucket can't be asked: others don't wait for that in turn
            this.settled = true;
            this.making.unlock();
        }
    }

    private <T> T askOrMake(Function<Bucket, T> question) {
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
            return (long) this.limit - givenInAdvance();
        }
        double refilled = (double) this.limit * (nanoTime - known.nanoTime) / MINUTE_NANOS;
        return Math.clamp(known.tokens + (long) refilled, 0, this.limit);
    }

    /** How long the bucket takes to be full again. */
    long nanosUntilFull(long nanoTime) {
        Level known = this.level;
        double missing = (known != null) ? this.limit - known.tokens : givenInAdvance();
        long since = (known != null) ? nanoTime - known.nanoTime : 0;
        return Math.max(0, (long) (missing / this.limit * MINUTE_NANOS) - since);
    }

    private record Level(long tokens, long nanoTime) {
    }

}
