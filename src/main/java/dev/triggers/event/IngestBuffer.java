package dev.triggers.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.event.Submission.Part;
import dev.triggers.settings.MemoryProperties;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait to be stored, and those being stored: bounded by their number and by
 * their bytes.
 */
final class IngestBuffer {

    /** Bytes in one transaction, give or take the last request's. */
    private static final int BATCH_BYTES = 2 * 1024 * 1024;

    /** Bytes of one request in one transaction. */
    private static final int PART_BYTES = 1024 * 1024;

    private final BlockingQueue<Part> queue = new LinkedBlockingQueue<>();

    private final int mostPlaces;

    private final int mostWeight;

    private final int batchEvents;

    private final Semaphore places;

    private final Semaphore weight;

    IngestBuffer(EventProperties properties, MemoryProperties memory) {
        this.mostPlaces = memory.scaled(properties.bufferEvents());
        this.mostWeight = Math.toIntExact(memory.scaled(properties.bufferSize().toKilobytes()));
        this.batchEvents = properties.batchEvents();
        this.places = new Semaphore(this.mostPlaces);
        this.weight = new Semaphore(this.mostWeight, true);
    }

    /**
     * Takes the request's events in, all or none.
     * @return whether there was room
     */
    boolean offer(Submission submission) {
        if (!this.places.tryAcquire(places(submission))) {
            return false;
        }
        if (!this.weight.tryAcquire(weight(submission))) {
            this.places.release(places(submission));
            return false;
        }
        this.queue.addAll(submission.parts(this.batchEvents, PART_BYTES));
        return true;
    }

    /**
     * What has waited for longest; null if nothing came for a while.
     */
    @Nullable Part poll() throws InterruptedException {
        return this.queue.poll(100, TimeUnit.MILLISECONDS);
    }

    /**
     * What goes into one transaction: the first part and what waits behind it.
     */
    List<Part> batch(Part first) {
        List<Part> batch = new ArrayList<>();
        batch.add(first);
        int events = first.size();
        long bytes = first.bytes();
        while (events < this.batchEvents && bytes < BATCH_BYTES) {
            Part next = this.queue.poll();
            if (next == null) {
                return batch;
            }
            batch.add(next);
            events += next.size();
            bytes += next.bytes();
        }
        return batch;
    }

    /**
     * Gives up the room of a request that is stored.
     */
    void release(Submission submission) {
        this.places.release(places(submission));
        this.weight.release(weight(submission));
    }

    /** What it takes; the largest request may take all there is. */
    private int places(Submission submission) {
        return Math.min(submission.size(), this.mostPlaces);
    }

    private int weight(Submission submission) {
        return (int) Math.min(this.mostWeight, submission.weight());
    }

    boolean isEmpty() {
        return this.queue.isEmpty();
    }

    /**
     * Whether nothing waits, and all room is free again.
     */
    boolean isIdle() {
        return isEmpty() && this.places.availablePermits() == this.mostPlaces
                && this.weight.availablePermits() == this.mostWeight;
    }

    /** Events that wait or are being stored. */
    int events() {
        return this.mostPlaces - this.places.availablePermits();
    }

    /** Their bytes. */
    long bytes() {
        return (this.mostWeight - this.weight.availablePermits()) * 1024L;
    }

}
