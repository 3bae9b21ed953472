package dev.triggers.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.delivery.OutcomeRecorder.Ended;
import dev.triggers.delivery.OutcomeRepository.Recorded;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells who listens of attempts whose outcomes are committed: who always does, and who
 * does for a while.
 */
@Component
public class FinishedAttempts {

    private final List<AttemptListener> listeners;

    private volatile @Nullable AttemptListener further;

    FinishedAttempts(List<AttemptListener> listeners) {
        this.listeners = listeners;
    }

    /**
     * Sets the one further listener, or takes it away.
     */
    public void listen(@Nullable AttemptListener newListener) {
        this.further = newListener;
    }

    void recorded(List<Ended> batch, Recorded recorded) {
        List<FinishedAttempt> finished = new ArrayList<>(recorded.counted().size());
        for (int i : recorded.counted()) {
            finished.add(FinishedAttempt.of(batch.get(i).outcome(), recorded.dead().contains(i)));
        }
        this.listeners.forEach((listener) -> listener.finished(finished));
        AttemptListener current = this.further;
        if (current != null) {
            current.finished(finished);
        }
    }

    /**
     * An attempt whose outcome is recorded.
     *
     * @param organizationId whose event it was for
     * @param eventId the event
     * @param endpointId where it went
     * @param number its number among the attempts of its delivery
     * @param startedAt when it began, by this instance's clock
     * @param duration how long it took
     * @param errorCode why it failed; null: it did not
     * @param exhausted whether it failed and nothing was left to try
     */
    public record FinishedAttempt(UUID organizationId, UUID eventId, UUID endpointId, int number, Instant startedAt,
            Duration duration, @Nullable String errorCode, boolean exhausted) {

        static FinishedAttempt of(AttemptOutcome outcome, boolean exhausted) {
            Delivery delivery = outcome.delivery();
            return new FinishedAttempt(delivery.organizationId(), delivery.eventId(), delivery.endpointId(),
                    delivery.attempts() + 1, outcome.startedAt().toInstant(), outcome.duration(), outcome.errorCode(),
                    exhausted);
        }

    }

}
