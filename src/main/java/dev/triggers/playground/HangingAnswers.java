package dev.triggers.playground;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.web.RequestPlaces;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The places of those who are kept waiting for an answer: a few, since each holds a
 * connection, or a delivery's place.
 */
@Component
class HangingAnswers {

    static final int PLACES = 16;

    private final Semaphore places = new Semaphore(PLACES);

    private final CountDownLatch closing = new CountDownLatch(1);

    private final RequestPlaces requests;

    HangingAnswers(RequestPlaces requests) {
        this.requests = requests;
    }

    /** Takes a place; false: there is none. */
    boolean enter() {
        return this.places.tryAcquire();
    }

    void leave() {
        this.places.release();
    }

    /**
     * Waits, unless the service is being shut down. A request from outside leaves its
     * place to others meanwhile.
     */
    void await(Duration duration) {
        try {
            this.requests.away(() -> this.closing.await(duration.toMillis(), TimeUnit.MILLISECONDS));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    int waiting() {
        return PLACES - this.places.availablePermits();
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        this.closing.countDown();
    }

}
