package dev.triggers.sending;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends attempts that take too long, on a thread that does nothing else. It looks at all
 * of them now and then: a timer would be woken by each that begins.
 */
@Component
class AttemptDeadlines implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(AttemptDeadlines.class);

    /** How late it may come. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Set<Deadline> pending = ConcurrentHashMap.newKeySet();

    private final Thread thread = Thread.ofPlatform().name("attempt-deadlines").daemon().unstarted(this::keepLooking);

    private volatile boolean closed;

    AttemptDeadlines() {
        this.thread.start();
    }

    /**
     * Does it when the time is over, unless the deadline was closed before.
     */
    Deadline after(Duration timeout, Runnable end) {
        Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos(), end);
        this.pending.add(deadline);
        return deadline;
    }

    private void keepLooking() {
        while (!this.closed) {
            long now = System.nanoTime();
            this.pending.forEach((deadline) -> deadline.endIfOver(now));
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        this.closed = true;
        LockSupport.unpark(this.thread);
    }

    /** One attempt's. */
    final class Deadline implements AutoCloseable {

        private final long at;

        private final Runnable end;

        private Deadline(long at, Runnable end) {
            this.at = at;
            this.end = end;
        }

        private void endIfOver(long now) {
            if (now - this.at >= 0 && AttemptDeadlines.this.pending.remove(this)) {
                try {
                    this.end.run();
                }
                catch (RuntimeException | Error ex) {
                    // Without this thread no attempt ever ends in time again
                    logger.warn("An attempt that took too long was not ended", ex);
                }
            }
        }

        @Override
        public void close() {
            AttemptDeadlines.this.pending.remove(this);
        }

    }

}
