package dev.triggers.inbox;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

import dev.triggers.event.ArrivalSignals;
import dev.triggers.web.RequestPlaces;
import org.springframework.stereotype.Component;

/**
 * Looks for a page, and looks again when something arrived, until there are events or the
 * time is over. Between two looks it holds a connection's buffers and a virtual thread,
 * and no place among the requests under way.
 */
@Component
public class LongPoll {

    /** Arrivals are signalled; this is for what a lost connection swallowed. */
    private static final Duration RECHECK_ARRIVALS = Duration.ofSeconds(5);

    /** Nothing signals that a delivery failed or succeeded. */
    private static final Duration RECHECK_OUTCOMES = Duration.ofSeconds(1);

    /**
     * A filter that lets nothing through must not turn every arrival into a look.
     */
    private static final long LONGEST_GAP = Duration.ofMillis(500).toNanos();

    private static final long SHORTEST_GAP = Duration.ofMillis(10).toNanos();

    private final InboxRepository inbox;

    private final ReadGate gate;

    private final ArrivalSignals signals;

    private final RequestPlaces places;

    private final InboxMetrics metrics;

    LongPoll(InboxRepository inbox, ReadGate gate, ArrivalSignals signals, RequestPlaces places, InboxMetrics metrics) {
        this.inbox = inbox;
        this.gate = gate;
        this.signals = signals;
        this.places = places;
        this.metrics = metrics;
    }

    InboxSlice find(UUID organizationId, InboxQuery query, Duration wait) throws InterruptedException {
        return find(organizationId, wait, recheck(query), () -> look(organizationId, query), InboxSlice::isOver);
    }

    /**
     * Looks until there is something.
     * @param wait for how long at the most
     * @param recheck how long to go without a look when nothing arrives
     * @param look what looks
     * @param isOver whether waiting is all that could bring something
     * @return what the last look has found
     */
    public <T> T find(UUID organizationId, Duration wait, Duration recheck, Look<T> look, Predicate<T> isOver)
            throws InterruptedException {
        if (wait.isZero()) {
            return look.look();
        }
        try (ArrivalSignals.Waiter waiter = this.signals.register(organizationId)) {
            // Registered first
            T found = look.look();
            if (waiter == null) {
                this.metrics.waitRefused();
                return found;
            }
            return isOver.test(found) ? await(waiter, found, wait, recheck, look, isOver) : found;
        }
    }

    private <T> T await(ArrivalSignals.Waiter waiter, T nothing, Duration wait, Duration recheck, Look<T> look,
            Predicate<T> isOver) throws InterruptedException {
        long start = System.nanoTime();
        long lookedAt = start;
        long gap = 0;
        while (true) {
            long left = start + wait.toNanos() - System.nanoTime();
            long most = Math.min(left, recheck.toNanos());
            long notBefore = lookedAt + gap;
            if (left <= 0 || !this.places.away(() -> {
                boolean goOn = waiter.await(Duration.ofNanos(most));
                pause(Math.min(left, notBefore - System.nanoTime()));
                return goOn;
            })) {
                return nothing;
            }
            T found = look.look();
            if (!isOver.test(found)) {
                return found;
            }
            lookedAt = System.nanoTime();
            gap = Math.clamp(2 * gap, SHORTEST_GAP, LONGEST_GAP);
        }
    }

    private InboxSlice look(UUID organizationId, InboxQuery query) throws InterruptedException {
        return this.gate.read(() -> this.inbox.find(organizationId, query));
    }

    private static void pause(long nanos) throws InterruptedException {
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        }
    }

    private static Duration recheck(InboxQuery query) {
        return switch (query.status()) {
            case UNDELIVERED, PENDING, ALL -> RECHECK_ARRIVALS;
            case RETRYING, FAILED, DELIVERED -> RECHECK_OUTCOMES;
        };
    }

    /**
     * A look at what is there.
     *
     * @param <T> what it finds
     */
    @FunctionalInterface
    public interface Look<T> {

        T look() throws InterruptedException;

    }

}
