package dev.triggers.replica;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * How old what a replica shows is at the most: whatever could be seen at the primary when
 * that was asked how far it had come can be seen at the replica once it has come as far.
 * No clock but this process's is asked, and nothing is stored for it.
 */
class Staleness {

    /** Those of a few minutes; a replica further behind is known by the oldest. */
    private static final int MOST = 1_000;

    private final Deque<Sample> ahead = new ArrayDeque<>();

    private @Nullable Sample reached;

    /**
     * Notes how far the primary had come.
     * @param asked before it was asked, by {@link System#nanoTime()}
     * @param position in its write-ahead log, in bytes
     */
    synchronized void primaryAt(long asked, long position) {
        if (this.ahead.size() < MOST) {
            this.ahead.add(new Sample(asked, position));
        }
    }

    /** Notes how far the replica has come. */
    synchronized void replicaAt(long position) {
        for (Sample next = this.ahead.peek(); next != null && next.position <= position; next = this.ahead.peek()) {
            this.reached = this.ahead.remove();
        }
    }

    /** Nothing is known any more. */
    synchronized void forget() {
        this.ahead.clear();
        this.reached = null;
    }

    /** How old it is at a time; null: nobody knows. */
    synchronized @Nullable Duration at(long now) {
        return (this.reached != null) ? Duration.ofNanos(now - this.reached.asked) : null;
    }

    private record Sample(long asked, long position) {

    }

}
