package dev.triggers.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.triggers.delivery.OutcomeRecorder.Ended;
import dev.triggers.delivery.OutcomeRepository.Recorded;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells who listens of attempts whose outcomes are committed. While nobody does, it costs
 * a look a batch.
 */
@Component
public class FinishedAttempts {

    private volatile @Nullable Consumer<List<FinishedAttempt>> listener;

    /**
     * Sets the listener, which must not wait, or takes it away.
     */
    public void listen(@Nullable Consumer<List<FinishedAttempt>> newListener) {
        this.listener = newListener;
    }

    void recorded(List<Ended> batch, Recorded recorded) {
        Consumer<List<FinishedAttempt>> current = this.listener;
        if (current == null) {
            return;
        }
        List<FinishedAttempt> finished = new ArrayList<>(recorded.counted().size());
        for (int i : recorded.counted()) {
            Delivery delivery = batch.get(i).outcome().delivery();
            finished.add(new FinishedAttempt(delivery.organizationId(), delivery.eventId(), delivery.endpointId(),
                    delivery.attempts() + 1));
        }
        current.accept(finished);
    }

    /**
     * An attempt whose outcome is recorded.
     *
     * @param organizationId whose event it was for
     * @param eventId the event
     * @param endpointId where it went
     * @param number its number among the attempts of its delivery
     */
    public record FinishedAttempt(UUID organizationId, UUID eventId, UUID endpointId, int number) {

    }

}
