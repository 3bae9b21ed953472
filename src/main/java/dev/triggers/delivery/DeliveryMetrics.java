package dev.triggers.delivery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.triggers.sending.AttemptFailure;
import dev.triggers.sending.AttemptResult;
import dev.triggers.time.UuidV7;
import dev.triggers.trace.TracedLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * The meters of delivery. Their labels are bounded: never an organization or a URL.
 */
@Component
class DeliveryMetrics {

    private final MeterRegistry registry;

    private final Counter delivered;

    private final Map<AttemptFailure, Counter> failed = new EnumMap<>(AttemptFailure.class);

    private final Counter lost;

    private final Counter deadLetters;

    private final Counter handedOver;

    private final Counter claimed;

    private final Counter throttled;

    private final Counter circuitsOpened;

    private final Counter endpointsDisabled;

    private final Timer firstLatency;

    private final Timer laterLatency;

    private final Timer duration;

    private long lookedAt = System.nanoTime();

    private long throttledUntil = this.lookedAt;

    private final AtomicLong oldestDue = new AtomicLong();

    private final AtomicLong open = new AtomicLong();

    DeliveryMetrics(MeterRegistry registry, DeliverySlots slots, EndpointStates states) {
        this.registry = registry;
        this.delivered = attempts(registry, "delivered");
        for (AttemptFailure failure : AttemptFailure.values()) {
            this.failed.put(failure, attempts(registry, failure.code()));
        }
        this.lost = counter(registry, "triggers.delivery.outcomes.lost",
                "Outcomes that came after their lease, or after the acknowledgement of their event");
        this.deadLetters = counter(registry, "triggers.delivery.dead.letters", "Deliveries that failed for good");
        this.handedOver = counter(registry, "triggers.delivery.handed.over",
                "Deliveries that went to their sender without a claim");
        this.claimed = counter(registry, "triggers.delivery.claimed", "Deliveries claimed from the database");
        this.throttled = counter(registry, "triggers.delivery.throttled.seconds",
                "Time for which rate limits of endpoints held due deliveries back");
        this.circuitsOpened = counter(registry, "triggers.delivery.circuits.opened", "Circuits that opened");
        this.endpointsDisabled = counter(registry, "triggers.delivery.endpoints.disabled",
                "Endpoints that the service disabled");
        this.firstLatency = latency(registry, "first");
        this.laterLatency = latency(registry, "later");
        this.duration = Timer.builder("triggers.delivery.attempt.duration")
            .description("Duration of attempts")
            .serviceLevelObjectives(objectives(5, 25, 100, 500, 1_000, 5_000, 10_000))
            .register(registry);
        gauge(registry, "triggers.delivery.in.flight", "Attempts under way", slots::busy);
        gauge(registry, "triggers.delivery.in.flight.bytes", "Bytes of payloads under way", slots::busyBytes);
        gauge(registry, "triggers.delivery.circuits.open", "Circuits that this instance knows to be open",
                states::openCircuits);
        gauge(registry, "triggers.delivery.oldest.due.seconds", "How long the oldest due delivery has been due",
                () -> this.oldestDue.get() / 1_000.0);
        gauge(registry, "triggers.delivery.open", "Deliveries that are not done, as the database estimates them",
                this.open::get);
    }

    private static Timer latency(MeterRegistry registry, String attempt) {
        return Timer.builder("triggers.delivery.latency")
            .description("From the acceptance of an event to its receiver's 2xx")
            .tag("attempt", attempt)
            .serviceLevelObjectives(objectives(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000, 10_000, 30_000))
            .register(registry);
    }

    void attempt(AttemptOutcome outcome, boolean counted) {
        if (outcome.trace() == null) {
            count(outcome, counted);
            return;
        }
        // For the exemplars
        TracedLog.begin(outcome.trace().context());
        try {
            count(outcome, counted);
        }
        finally {
            TracedLog.end();
        }
    }

    private void count(AttemptOutcome outcome, boolean counted) {
        this.duration.record(outcome.duration());
        switch (outcome.result()) {
            case AttemptResult.Success _ -> {
                this.delivered.increment();
                Duration sinceAcceptance = Duration.between(UuidV7.instant(outcome.delivery().eventId()),
                        outcome.startedAt().toInstant().plus(outcome.duration()));
                Timer latency = outcome.delivery().firstAttempt() ? this.firstLatency : this.laterLatency;
                latency.record(sinceAcceptance.isNegative() ? Duration.ZERO : sinceAcceptance);
            }
            case AttemptResult.Failure failure ->
                Objects.requireNonNull(this.failed.get(failure.failure())).increment();
        }
        if (!counted) {
            this.lost.increment();
        }
    }

    void deadLetter() {
        this.deadLetters.increment();
    }

    void handedOver(int deliveries) {
        this.handedOver.increment(deliveries);
    }

    /**
     * Called by the worker alone, after each of its looks.
     */
    void claimed(Claim claim, boolean fromStart) {
        this.claimed.increment(claim.deliveries().size());
        long now = System.nanoTime();
        long heldBack = Math.min(now, this.throttledUntil) - this.lookedAt;
        this.throttled.increment(Math.max(0, heldBack) / 1e9);
        this.lookedAt = now;
        this.throttledUntil = (claim.throttled() != null) ? now + claim.throttled().toNanos() : now;
        if (fromStart) {
            this.oldestDue.set(claim.oldestDue().toMillis());
        }
        else {
            this.oldestDue.accumulateAndGet(claim.oldestDue().toMillis(), Math::max);
        }
    }

    void watchWorker(Supplier<Number> secondsSinceLastTurn) {
        gauge(this.registry, "triggers.delivery.worker.idle.seconds",
                "How long ago the worker last looked for due deliveries", secondsSinceLastTurn);
    }

    void open(long estimate) {
        this.open.set(estimate);
    }

    void circuitOpened() {
        this.circuitsOpened.increment();
    }

    void endpointDisabled() {
        this.endpointsDisabled.increment();
    }

    private static Duration[] objectives(long... millis) {
        return java.util.Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static Counter attempts(MeterRegistry registry, String outcome) {
        return Counter.builder("triggers.delivery.attempts")
            .description("Attempts, by what came of them")
            .tag("outcome", outcome)
            .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

}
