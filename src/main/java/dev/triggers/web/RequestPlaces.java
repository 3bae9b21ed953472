package dev.triggers.web;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import dev.triggers.settings.MemoryProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many requests are under way at a time. Each holds some 80 KiB of buffers and stack
 * from the first byte of it that is looked at, so a few hundred at once would not fit the
 * heap. The others wait as tasks that no thread has yet: group commit makes as much of a
 * hundred requests at once as of a thousand. Who waits for too long is let in only to be
 * refused: after a second in a burst, but after a tenth of one while there is always
 * someone who waits, which is overload. So what is accepted is accepted soon, and the
 * rest hears quickly that it has to come back. After "controlled delay" in B. Maurer,
 * <i>Fail at Scale</i>, ACM Queue 13/8, 2015.
 */
@Component
public final class RequestPlaces implements Executor, AutoCloseable {

    static final int PLACES = 128;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long OVERLOAD_PATIENCE_NANOS = Duration.ofMillis(100).toNanos();

    /** Someone has always waited for so long: no burst, but overload. */
    private static final long OVERLOAD_NANOS = Duration.ofSeconds(1).toNanos();

    /** One look at all who wait, instead of a timer for each. */
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private static final ThreadLocal<Boolean> HELD = new ThreadLocal<>();

    private final int most;

    private final Semaphore free;

    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();

    private final Thread.Builder.OfVirtual threads = Thread.ofVirtual().name("request-", 0);

    private final LongSupplier nanoTime;

    private volatile boolean closed;

    /** When nobody waited, as far as was looked. */
    private long emptyAt;

    @Autowired
    RequestPlaces(MeterRegistry meters, MemoryProperties memory) {
        this(meters, memory.scaled(PLACES), System::nanoTime);
        Thread.ofVirtual().name("request-patience").start(this::keepLooking);
    }

    RequestPlaces(MeterRegistry meters, int most, LongSupplier nanoTime) {
        this.most = most;
        this.free = new Semaphore(most);
        this.nanoTime = nanoTime;
        this.emptyAt = nanoTime.getAsLong();
        Gauge.builder("http.server.places", this.free, (free) -> most - free.availablePermits())
            .description("Requests under way")
            .register(meters);
        Gauge.builder("http.server.waiting", this.waiting, Queue::size)
            .description("Requests that wait for a place")
            .register(meters);
    }

    /**
     * How many requests may be under way.
     */
    int most() {
        return this.most;
    }

    @Override
    public void execute(Runnable task) {
        enter(new Arrival(() -> begin(task, true), () -> begin(task, false), this.nanoTime.getAsLong()));
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
            // The last of the others may have left in between
            admit();
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

    private void keepLooking() {
        while (!this.closed) {
            look();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /**
     * Refuses who has waited for too long.
     */
    void look() {
        long now = this.nanoTime.getAsLong();
        if (this.waiting.isEmpty()) {
            this.emptyAt = now;
        }
        long patience = (now - this.emptyAt < OVERLOAD_NANOS) ? PATIENCE_NANOS : OVERLOAD_PATIENCE_NANOS;
        this.waiting.stream().takeWhile((arrival) -> now - arrival.since >= patience).toList().forEach(this::refuse);
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

    /**
     * Leaves the place of this thread's request to others, for as long as it waits for
     * somebody else.
     */
    public Absence leaveFor() {
        if (!Boolean.TRUE.equals(HELD.get())) {
            return () -> {
            };
        }
        leave();
        return this::comeBack;
    }

    private void comeBack() {
        CompletableFuture<Void> admitted = new CompletableFuture<>();
        enter(new Arrival(() -> admitted.complete(null), null, this.nanoTime.getAsLong()));
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

    /**
     * The time for which a request has left its place.
     */
    @FunctionalInterface
    public interface Absence extends AutoCloseable {

        /** Waits for a place. */
        @Override
        void close();

    }

    /** Someone who wants a place, and what is done when it is there, or too late. */
    private static final class Arrival {

        private final Runnable admitted;

        private final @Nullable Runnable refused;

        private final long since;

        Arrival(Runnable admitted, @Nullable Runnable refused, long since) {
            this.admitted = admitted;
            this.refused = refused;
            this.since = since;
        }

    }

}
