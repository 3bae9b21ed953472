package dev.triggers.delivery;

import java.time.Duration;

import dev.triggers.health.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ready while the worker looks for due deliveries.
 */
@Component
final class DeliveryReadiness implements ReadinessCheck {

    private static final Duration STALLED = Duration.ofSeconds(30);

    private final DeliveryWorker worker;

    DeliveryReadiness(DeliveryWorker worker) {
        this.worker = worker;
    }

    @Override
    public @Nullable String missing() {
        return (this.worker.sinceLastTurn().compareTo(STALLED) > 0) ? "deliveries do not move" : null;
    }

}
