package dev.triggers.inbox;

import java.time.Duration;
import java.util.UUID;

import dev.triggers.event.ArrivalSignals;
import org.springframework.stereotype.Component;

/**
 * Looks for a page, and looks again when something arrived, until there are events or the
 * time is over. Between two looks it holds a virtual thread and nothing else.
 */
@Component
class LongPoll {

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

    private final InboxMetrics metrics;

    LongPoll(InboxRepository inbox, ReadGate gate, ArrivalSignals signals, InboxMetrics metrics) {
        this.inbox = inbox;
        this.gate = gate;
        this.signals = signals;
        this.metrics = metrics;
    }

    InboxSlice find(UUID organizationId, InboxQuery query, Duration wait) throws InterruptedException {
        if (wait.isZero()) {
            return look(organizationId, query);
        }
        try (ArrivalSignals.Waiter waiter = this.signals.register(organizationId)) {
            InboxSlice slice = look(organizationId, query); // registered first
            if (waiter == null) {
                this.metrics.waitRefused();
                return slice;
            }
            return slice.isOver() ? await(waiter, organizationId, query, wait) : slice;
        }
    }

    private InboxSlice await(ArrivalSignals.Waiter waiter, UUID organizationId, InboxQuery query, Duration wait)
            throws InterruptedException {
        long start = System.nanoTime();
        long lookedAt = start;
        long gap = 0;
        while (true) {
            long left = start + wait.toNanos() - System.nanoTime();
            if (left <= 0 || !waiter.await(Duration.ofNanos(Math.min(left, recheck(query))))) {
                return InboxSlice.EMPTY;
            }
            pause(Math.min(left, lookedAt + gap - System.nanoTime()));
            InboxSlice slice = look(organizationId, query);
            if (!slice.isOver()) {
                return slice;
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

    private static long recheck(InboxQuery query) {
        return switch (query.status()) {
            case UNDELIVERED, PENDING, ALL -> RECHECK_ARRIVALS.toNanos();
            case RETRYING, FAILED, DELIVERED -> RECHECK_OUTCOMES.toNanos();
        };
    }

}
