package dev.triggers.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.triggers.delivery.AttemptOutcome.Verdict;
import dev.triggers.sending.AttemptFailure;
import dev.triggers.sending.AttemptResult;
import dev.triggers.webhook.Endpoint;
import org.springframework.stereotype.Component;

/**
 * What becomes of a delivery after an attempt: 2xx is success, 410 gives up at once,
 * everything else is repeated for as long as the schedule allows.
 */
@Component
public class DeliveryPolicy {

    private final RetrySchedule schedule;

    DeliveryPolicy(DeliveryProperties properties) {
        this.schedule = new RetrySchedule(properties.backoff());
    }

    /**
     * Attempts of a delivery whose endpoint has no schedule of its own.
     */
    public int attempts() {
        return this.schedule.attempts();
    }

    Verdict decide(Delivery delivery, Endpoint endpoint, AttemptResult result) {
        return switch (result) {
            case AttemptResult.Success _ -> new Verdict.Delivered();
            case AttemptResult.Failure failure when failure.failure() == AttemptFailure.STATUS_410 ->
                new Verdict.GiveUp();
            case AttemptResult.Failure _ when delivery.lastAttempt() -> new Verdict.GiveUp();
            case AttemptResult.Failure failure -> new Verdict.Retry(wait(delivery, endpoint, failure));
        };
    }

    private Duration wait(Delivery delivery, Endpoint endpoint, AttemptResult.Failure failure) {
        RetrySchedule own = (endpoint.retrySchedule() != null) ? new RetrySchedule(endpoint.retrySchedule())
                : this.schedule;
        Duration backoff = own.waitAfter(delivery.remaining(), RandomGenerator.getDefault());
        Duration asked = failure.retryAfter();
        return (asked != null && asked.compareTo(backoff) > 0) ? asked : backoff;
    }

}
