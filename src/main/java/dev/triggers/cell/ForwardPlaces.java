package dev.triggers.cell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many requests are forwarded at a time. Each holds a thread's stack and its buffers
 * for as long as the other cell takes, so there may be only so many, of which no cell has
 * all, be it frozen, and streams have no more than they leave to others.
 */
@Component
final class ForwardPlaces {

    static final int MOST = 128;

    static final int MOST_OF_ONE = 96;

    static final int MOST_STREAMS = 64;

    private final Semaphore all = new Semaphore(MOST);

    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    private final Map<String, Semaphore> cells = new ConcurrentHashMap<>();

    /**
     * Takes a place.
     * @return null if there is none
     */
    @Nullable Place enter(OtherCell cell, boolean stream) {
        Semaphore own = this.cells.computeIfAbsent(cell.digits(), (digits) -> new Semaphore(MOST_OF_ONE));
        if (!own.tryAcquire()) {
            return null;
        }
        if (!this.all.tryAcquire()) {
            own.release();
            return null;
        }
        if (stream && !this.streams.tryAcquire()) {
            this.all.release();
            own.release();
            return null;
        }
        return () -> {
            if (stream) {
                this.streams.release();
            }
            this.all.release();
            own.release();
        };
    }

    /** How many are taken. */
    int taken() {
        return MOST - this.all.availablePermits();
    }

    /**
     * A place, until it is closed.
     */
    @FunctionalInterface
    interface Place extends AutoCloseable {

        @Override
        void close();

    }

}
