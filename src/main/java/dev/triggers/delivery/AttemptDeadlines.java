package dev.triggers.delivery;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Ends attempts that take too long, on a thread that does nothing else. Its executor is
 * no bean: Spring would run all scheduled tasks on it, and these wait for the database.
 */
@Component
class AttemptDeadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("attempt-deadlines").daemon().factory());

    AttemptDeadlines() {
        this.executor.setRemoveOnCancelPolicy(true); // cancelled ones leave no trace
    }

    Future<?> after(Duration timeout, Runnable end) {
        return this.executor.schedule(end, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        this.executor.shutdownNow();
    }

}
