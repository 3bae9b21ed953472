package dev.triggers.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The events of one request on their way into the database, and what became of them so
 * far. Its request waits without a timer, which would cost it more than all the rest of
 * the waiting: whoever stores its events ends the wait, or who finds it overdue.
 */
final class Submission {

    private static final int WEIGHT_UNIT = 1024;

    private final List<NewEvent> events;

    private final @Nullable IngestResult[] results;

    private final AtomicInteger remaining;

    private final CountDownLatch done = new CountDownLatch(1);

    private final long deadline;

    private final long bytes;

    private volatile boolean abandoned;

    /**
     * Makes a submission.
     * @param events the events
     * @param deadline until when the request waits, by the monotonic clock
     */
    Submission(List<NewEvent> events, long deadline) {
        this.events = events;
        this.deadline = deadline;
        this.results = new IngestResult[events.size()];
        this.remaining = new AtomicInteger(events.size());
        long bytes = 0;
        for (NewEvent event : events) {
            bytes += event.weight();
        }
        this.bytes = bytes;
    }

    int size() {
        return this.events.size();
    }

    /** What it weighs, in KiB. */
    long weight() {
        return this.bytes / WEIGHT_UNIT + 1;
    }

    /**
     * A large batch is cut, so that it does not have to be in memory thrice at once.
     * @param mostEvents events of a part
     * @param mostBytes bytes of a part, give or take those of an event
     */
    List<Part> parts(int mostEvents, long mostBytes) {
        if (this.events.size() == 1) {
            return List.of(new Part(this, 0, 1, this.bytes));
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < this.events.size(); i++) {
            bytes += this.events.get(i).weight();
            boolean full = i + 1 - from == mostEvents || bytes >= mostBytes;
            if (full || i + 1 == this.events.size()) {
                parts.add(new Part(this, from, i + 1, bytes));
                from = i + 1;
                bytes = 0;
            }
        }
        return parts;
    }

    /**
     * Returns when every event has its result, or the time is over.
     */
    IngestResult[] await() {
        try {
            this.done.await();
        }
        catch (InterruptedException ex) {
            this.abandoned = true;
            Thread.currentThread().interrupt();
        }
        IngestResult[] known = new IngestResult[this.results.length];
        for (int i = 0; i < known.length; i++) {
            IngestResult result = this.results[i];
            known[i] = (result != null) ? result : IngestResult.Unavailable.INSTANCE;
        }
        return known;
    }

    /**
     * Lets the request go if its time is over.
     */
    void expire(long now) {
        if (now - this.deadline >= 0 && this.done.getCount() > 0) {
            this.abandoned = true;
            this.done.countDown();
        }
    }

    /**
     * Some events of a request that are stored together.
     *
     * @param submission the request's
     * @param from the first of them
     * @param to the one after the last
     * @param bytes what they weigh
     */
    record Part(Submission submission, int from, int to, long bytes) {

        int size() {
            return this.to - this.from;
        }

        List<NewEvent> events() {
            return this.submission.events.subList(this.from, this.to);
        }

        /** Whether nobody waits for them any longer. */
        boolean isAbandoned() {
            return this.submission.abandoned;
        }

        /**
         * Sets what became of the events: those without a result are not stored.
         * @return whether these were the last of the request
         */
        boolean complete(Map<UUID, IngestResult> results) {
            for (int i = this.from; i < this.to; i++) {
                UUID id = this.submission.events.get(i).id();
                this.submission.results[i] = results.getOrDefault(id, IngestResult.Unavailable.INSTANCE);
            }
            boolean last = this.submission.remaining.addAndGet(-size()) == 0;
            if (last) {
                this.submission.done.countDown();
            }
            return last;
        }

    }

}
