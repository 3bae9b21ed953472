package dev.triggers.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.database.Notifications;
import org.springframework.stereotype.Component;

/**
 * Calls the worker before its time.
 */
@Component
public class WorkSignal {

    private static final String TOPIC = "work";

    private final Semaphore calls = new Semaphore(0);

    private final AtomicBoolean orderedChanged = new AtomicBoolean(true);

    private final AtomicBoolean endpointsChanged = new AtomicBoolean(true);

    WorkSignal(Notifications notifications) {
        notifications.on(TOPIC, (text) -> endpointsChanged());
        notifications.onReconnect(this::endpointsChanged);
    }

    /** There may be something due. */
    public void wake() {
        if (this.calls.availablePermits() == 0) {
            this.calls.release();
        }
    }

    /** An ordered endpoint may be ready for its next delivery. */
    public void orderedChanged() {
        this.orderedChanged.set(true);
        wake();
    }

    /** Deliveries may have to follow a change of their endpoint. */
    void endpointsChanged() {
        this.endpointsChanged.set(true);
        wake();
    }

    boolean takeOrderedChanged() {
        return this.orderedChanged.getAndSet(false);
    }

    boolean takeEndpointsChanged() {
        return this.endpointsChanged.getAndSet(false);
    }

    /** Waits for a call, but no longer than given. */
    void await(Duration longest) throws InterruptedException {
        if (this.calls.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            this.calls.drainPermits();
        }
    }

}
