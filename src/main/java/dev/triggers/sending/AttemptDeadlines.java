package dev.triggers.sending;

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
        // Cancelled ones leave no trace
        this.executor.setRemoveOnCancelPolicy(true);
    }

    Future<?> after(Duration timeout, Runnable end) {
        return this.executor.schedule(end, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        this.executor.shutdownNow();
    }

}
