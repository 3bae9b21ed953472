package dev.triggers.web;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many requests are under way at a time. Each holds some 80 KiB of buffers and stack
 * from the first byte of it that is looked at, so a few hundred at once would not fit the
 * heap. The others wait as tasks that no thread has yet: group commit makes as much of a
 * hundred requests at once as of a thousand. Who waits for too long is let in only to be
 * refused.
 */
@Component
public final class RequestPlaces implements Executor, AutoCloseable {

    static final int PLACES = 128;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** One look at all who wait, instead of a timer for each. */
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private static final ThreadLocal<Boolean> HELD = new ThreadLocal<>();

    private final Semaphore free = new Semaphore(PLACES);

    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();

    private final Thread.Builder.OfVirtual threads = Thread.ofVirtual().name("request-", 0);

    private final Thread patience = Thread.ofVirtual().name("request-patience").unstarted(this::refuseOverdue);

    private volatile boolean closed;

    RequestPlaces(MeterRegistry meters) {
        Gauge.builder("http.server.places", this.free, (free) -> PLACES - free.availablePermits())
            .description("Requests under way")
            .register(meters);
        Gauge.builder("http.server.waiting", this.waiting, Queue::size)
            .description("Requests that wait for a place")
            .register(meters);
        this.patience.start();
    }

    @Override
    public void execute(Runnable task) {
        enter(new Arrival(() -> begin(task, true), () -> begin(task, false)));
    }

    private void begin(Runnable task, boolean held) {
        this.threads.start(() -> {
            HELD.set(held);
            try {
                task.run();
            }
            finally {
                if (held) {
                    leave();
                }
            }
        });
    }

    private void enter(Arrival arrival) {
        if (this.free.tryAcquire()) {
            arrival.admitted.run();
        }
        else {
            this.waiting.add(arrival);
            admit(); // the last of the others may have left in between
        }
    }

    private void leave() {
        this.free.release();
        admit();
    }

    private void admit() {
        while (!this.waiting.isEmpty() && this.free.tryAcquire()) {
            Arrival next = this.waiting.poll();
            if (next != null) {
                next.admitted.run();
            }
            else {
                this.free.release();
            }
        }
    }

    private void refuseOverdue() {
        while (!this.closed) {
            long now = System.nanoTime();
            this.waiting.stream()
                .takeWhile((arrival) -> now - arrival.since >= PATIENCE_NANOS)
                .toList()
                .forEach(this::refuse);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void refuse(Arrival arrival) {
        if (arrival.refused != null && this.waiting.remove(arrival)) {
            arrival.refused.run();
        }
    }

    /**
     * Whether this thread's request is to be refused, since no place became free for it.
     */
    static boolean isRefused() {
        return Boolean.FALSE.equals(HELD.get());
    }

    /**
     * Leaves the place of this thread's request to others while it only waits.
     */
    public boolean away(Waiting wait) throws InterruptedException {
        if (!Boolean.TRUE.equals(HELD.get())) {
            return wait.await();
        }
        leave();
        try {
            return wait.await();
        }
        finally {
            comeBack();
        }
    }

    private void comeBack() {
        CompletableFuture<Void> admitted = new CompletableFuture<>();
        enter(new Arrival(() -> admitted.complete(null), null));
        admitted.join();
    }

    @Override
    public void close() {
        this.closed = true;
    }

    /**
     * Something to wait for, and whether it came.
     */
    @FunctionalInterface
    public interface Waiting {

        boolean await() throws InterruptedException;

    }

    /** Someone who wants a place, and what is done when it is there, or too late. */
    private static final class Arrival {

        private final Runnable admitted;

        private final @Nullable Runnable refused;

        private final long since = System.nanoTime();

        Arrival(Runnable admitted, @Nullable Runnable refused) {
            this.admitted = admitted;
            this.refused = refused;
        }

    }

}
