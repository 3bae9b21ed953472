package dev.triggers.search;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import dev.triggers.event.AcceptedListener;
import dev.triggers.event.NewEvent;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets a search give way to who posts: while events come in here, it reads little at a
 * time and rests for longer than it read. Nobody posts: it reads as fast as it can.
 */
@Component
class SearchPace implements AcceptedListener {

    /** Rows read at once. */
    private static final int MOST = 10_000;

    private static final int LEAST_BESIDE_OTHERS = 50;

    private static final int MOST_BESIDE_OTHERS = 1_000;

    /** For so long at once: a request that comes meanwhile waits for no longer. */
    private static final long READING_NANOS = Duration.ofMillis(2).toNanos();

    /** A rest, in times of what was read before it. */
    private static final int REST = 4;

    private static final long RECENT_NANOS = Duration.ofMillis(200).toNanos();

    private final LongSupplier nanoTime;

    private volatile long acceptedAt;

    @Autowired
    SearchPace() {
        this(System::nanoTime);
    }

    SearchPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.acceptedAt = nanoTime.getAsLong() - RECENT_NANOS;
    }

    @Override
    public void accepted(List<NewEvent> events) {
        this.acceptedAt = this.nanoTime.getAsLong();
    }

    private boolean isBeside() {
        return this.nanoTime.getAsLong() - this.acceptedAt < RECENT_NANOS;
    }

    /**
     * Rows to read at once.
     * @param rows how many were read before
     * @param nanos how long that took
     */
    int most(int rows, long nanos) {
        return isBeside()
                ? Math.clamp(READING_NANOS * rows / Math.max(1, nanos), LEAST_BESIDE_OTHERS, MOST_BESIDE_OTHERS) : MOST;
    }

    /**
     * How long to rest.
     * @param readNanos for how long it read before
     */
    long restNanos(long readNanos) {
        return isBeside() ? REST * readNanos : 0;
    }

}
