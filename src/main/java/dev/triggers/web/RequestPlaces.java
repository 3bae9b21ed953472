package dev.triggers.web;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * How many requests are under way at a time. Each holds some 80 KiB of buffers and stack
 * from the first byte of it that is looked at, so a few hundred at once would not fit the
 * heap. The others wait as threads that have not begun, which hold next to nothing: group
 * commit makes as much of a hundred requests at once as of a thousand. Who waits for too
 * long is let in only to be refused.
 */
@Component
public final class RequestPlaces implements Executor {

    static final int PLACES = 128;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final ThreadLocal<Boolean> HELD = new ThreadLocal<>();

    private final Semaphore free = new Semaphore(PLACES);

    private final Thread.Builder.OfVirtual threads = Thread.ofVirtual().name("request-", 0);

    RequestPlaces(MeterRegistry meters) {
        Gauge.builder("http.server.places", this.free, (free) -> PLACES - free.availablePermits())
            .description("Requests under way")
            .register(meters);
    }

    @Override
    public void execute(Runnable task) {
        this.threads.start(() -> run(task));
    }

    private void run(Runnable task) {
        boolean held = acquire();
        HELD.set(held);
        try {
            task.run();
        }
        finally {
            if (held) {
                this.free.release();
            }
        }
    }

    private boolean acquire() {
        try {
            return this.free.tryAcquire() || this.free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
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
    public boolean away(Waiting waiting) throws InterruptedException {
        if (!Boolean.TRUE.equals(HELD.get())) {
            return waiting.await();
        }
        this.free.release();
        try {
            return waiting.await();
        }
        finally {
            this.free.acquireUninterruptibly();
        }
    }

    /**
     * Something to wait for, and whether it came.
     */
    @FunctionalInterface
    public interface Waiting {

        boolean await() throws InterruptedException;

    }

}
