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
import java.util.function.Consumer;

import dev.triggers.database.Notifications;
import dev.triggers.settings.MemoryProperties;
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
    public static final int MOST_WAITERS = 200;

    /** So that one organization does not take all the places. */
    private static final int MOST_WAITERS_OF_ONE = 100;

    private final ConcurrentHashMap<UUID, Set<Waiter>> waiters = new ConcurrentHashMap<>();

    /** Of which organizations the watcher is called, and how often that was asked for. */
    private final ConcurrentHashMap<UUID, Integer> watched = new ConcurrentHashMap<>();

    private volatile Consumer<UUID> watcher = (organizationId) -> {
    };

    private final AtomicInteger waiting = new AtomicInteger();

    private final int most;

    private final int mostOfOne;

    private final Consumer<UUID> begun;

    private final Consumer<UUID> ended;

    private volatile boolean closed;

    @Autowired
    ArrivalSignals(Notifications notifications, Unannounced unannounced, MemoryProperties memory) {
        this(memory.scaled(MOST_WAITERS), memory.scaled(MOST_WAITERS_OF_ONE), unannounced.audience()::join,
                unannounced.audience()::leave);
        notifications.on("events", this::notified);
        notifications.onReconnect(this::everything);
    }

    /**
     * @param begun is told of each organization that a listener begins to listen to
     * @param ended is told of each that one stops listening to
     */
    ArrivalSignals(int most, int mostOfOne, Consumer<UUID> begun, Consumer<UUID> ended) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.begun = begun;
        this.ended = ended;
    }

    /**
     * Events of these organizations are committed. Costs next to nothing while nobody
     * waits.
     */
    public void arrived(Collection<UUID> organizationIds) {
        if (isAwaited()) {
            for (UUID organizationId : organizationIds) {
                this.waiters.getOrDefault(organizationId, Set.of()).forEach(Waiter::signal);
                if (this.watched.containsKey(organizationId)) {
                    this.watcher.accept(organizationId);
                }
            }
        }
    }

    private boolean isAwaited() {
        return this.waiting.get() > 0 || !this.watched.isEmpty();
    }

    /**
     * Sets who is called, and must not wait, when events of a watched organization
     * arrived. There is one watcher, which takes no place among those who wait.
     */
    public void setWatcher(Consumer<UUID> newWatcher) {
        this.watcher = newWatcher;
    }

    /**
     * Has the watcher called for the organization, until as many calls of
     * {@link #unwatch} have followed.
     */
    public void watch(UUID organizationId) {
        this.watched.merge(organizationId, 1, Integer::sum);
        this.begun.accept(organizationId);
    }

    public void unwatch(UUID organizationId) {
        this.watched.computeIfPresent(organizationId, (id, count) -> (count > 1) ? count - 1 : null);
        this.ended.accept(organizationId);
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
        this.begun.accept(organizationId);
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
        if (isAwaited()) {
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
        this.watched.keySet().forEach(this.watcher);
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
                    ArrivalSignals.this.ended.accept(id);
                }
                return set.isEmpty() ? null : set;
            });
        }

    }

}
