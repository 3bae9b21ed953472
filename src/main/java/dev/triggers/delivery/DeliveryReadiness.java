package dev.triggers.delivery;

import java.time.Duration;

import dev.triggers.health.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An instance whose worker does not come round any more accepts events that only others
 * would deliver.
 */
@Component
class DeliveryReadiness implements ReadinessCheck {

    private static final Duration STALLED = Duration.ofSeconds(30);

    private final DeliveryWorker worker;

    DeliveryReadiness(DeliveryWorker worker) {
        this.worker = worker;
    }

    @Override
    public @Nullable String missing() {
        Duration since = this.worker.sinceLastTurn();
        return (since.compareTo(STALLED) > 0) ? "delivery has stalled for " + since.toSeconds() + " s" : null;
    }

}
