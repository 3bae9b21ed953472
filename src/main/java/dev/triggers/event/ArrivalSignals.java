package dev.triggers.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells those who wait for events of an organization that some arrived: by a call on the
 * instance that stored them, by a notification on the others.
 *
 * <p>
 * Who registers, then looks, and then waits misses nothing: what is committed before the
 * look is seen by it, and what is committed after it signals. A signal promises nothing
 * but that looking again is worth while.
 */
@Component
public class ArrivalSignals {

    private static final Logger logger = LoggerFactory.getLogger(ArrivalSignals.class);

    /** A waiter costs a connection's buffers and a thread's stack. */
    private static final int MOST_WAITERS = 200;

    /** So that one organization does not take all the places. */
    private static final int MOST_WAITERS_OF_ONE = 100;

    private final ConcurrentHashMap<UUID, Set<Waiter>> waiters = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();

    private final int most;

    private final int mostOfOne;

    private volatile boolean closed;

    @Autowired
    ArrivalSignals(Notifications notifications) {
        this(MOST_WAITERS, MOST_WAITERS_OF_ONE);
        notifications.on("events", this::notified);
        notifications.onReconnect(this::everything);
    }

    ArrivalSignals(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /**
     * Events of these organizations are committed. Costs next to nothing while nobody
     * waits.
     */
    public void arrived(Collection<UUID> organizationIds) {
        if (this.waiting.get() > 0) {
            for (UUID organizationId : organizationIds) {
                this.waiters.getOrDefault(organizationId, Set.of()).forEach(Waiter::signal);
            }
        }
    }

    /**
     * Takes a place among those who wait, to be closed in the end.
     * @return null when all places are taken, or the service is shutting down: answer
     * with what there is
     */
    public @Nullable Waiter register(UUID organizationId) {
        Waiter waiter = new Waiter(organizationId);
        if (this.waiting.incrementAndGet() > this.most || !enter(waiter)) {
            this.waiting.decrementAndGet();
            return null;
        }
        if (this.closed) {
            waiter.close();
            return null;
        }
        return waiter;
    }

    private boolean enter(Waiter waiter) {
        Set<Waiter> all = this.waiters.compute(waiter.organizationId, (id, present) -> {
            Set<Waiter> set = (present != null) ? present : ConcurrentHashMap.newKeySet(4);
            if (set.size() < this.mostOfOne) {
                set.add(waiter);
            }
            return set;
        });
        return all.contains(waiter);
    }

    /**
     * How many wait at this moment.
     */
    public int waiting() {
        return this.waiting.get();
    }

    private void notified(String message) {
        if (this.waiting.get() > 0) {
            List<UUID> organizationIds = new ArrayList<>();
            for (String id : message.split(",", -1)) {
                try {
                    organizationIds.add(UUID.fromString(id.strip()));
                }
                catch (IllegalArgumentException ex) {
                    logger.warn("Not an organization's id in a notification: {}", id);
                }
            }
            arrived(organizationIds);
        }
    }

    private void everything() {
        this.waiters.values().forEach((set) -> set.forEach(Waiter::signal));
    }

    /** Before the server stops, which waits for the answers under way. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        this.closed = true;
        everything();
    }

    /**
     * A place among those who wait.
     */
    public final class Waiter implements AutoCloseable {

        private final UUID organizationId;

        private final Semaphore signals = new Semaphore(0);

        private Waiter(UUID organizationId) {
            this.organizationId = organizationId;
        }

        private void signal() {
            if (this.signals.availablePermits() == 0) {
                this.signals.release();
            }
        }

        /**
         * Waits until something arrived since the last call (or since the registration),
         * the time is over, or the service shuts down.
         * @return false when the service shuts down: waiting again is in vain
         */
        public boolean await(Duration atMost) throws InterruptedException {
            if (!ArrivalSignals.this.closed
                    && this.signals.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
                this.signals.drainPermits();
            }
            return !ArrivalSignals.this.closed;
        }

        @Override
        public void close() {
            ArrivalSignals.this.waiters.computeIfPresent(this.organizationId, (id, set) -> {
                if (set.remove(this)) {
                    ArrivalSignals.this.waiting.decrementAndGet();
                }
                return set.isEmpty() ? null : set;
            });
        }

    }

}
