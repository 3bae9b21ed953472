package dev.triggers.cell;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.triggers.web.ProblemException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Forwarded requests that may take longer than a stop waits: it ends them.
 */
@Component
class UnderWay {

    private final Set<Cancellable> lasting = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    /** Notes one; it is to be removed when it is over. */
    void add(Cancellable request) {
        this.lasting.add(request);
        if (this.stopping) {
            request.cancel();
        }
    }

    void remove(Cancellable request) {
        this.lasting.remove(request);
    }

    boolean isStopping() {
        return this.stopping;
    }

    static ProblemException stopped() {
        return ProblemException.unavailable("The service is shutting down", Duration.ofSeconds(1));
    }

    /** Before the server stops, which waits for the answers under way. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        this.stopping = true;
        this.lasting.forEach(Cancellable::cancel);
    }

}
