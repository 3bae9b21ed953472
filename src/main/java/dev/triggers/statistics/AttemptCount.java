package dev.triggers.statistics;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;

/**
 * What was counted of the attempts of an endpoint that began in one span of time and had
 * one outcome.
 *
 * @param endpointId the endpoint
 * @param start when the span began
 * @param outcome {@link #DELIVERED}, or the error code
 * @param attempts how many
 * @param exhausted those after which nothing was left to try
 * @param last the latest of them
 * @param durations how long they took
 */
record AttemptCount(UUID endpointId, Instant start, String outcome, long attempts, long exhausted, LastAttempt last,
        Durations durations) {

    static final String DELIVERED = "delivered";

    static AttemptCount one(FinishedAttempt attempt, Instant start) {
        return new AttemptCount(attempt.endpointId(), start, Objects.requireNonNullElse(attempt.errorCode(), DELIVERED),
                1, attempt.exhausted() ? 1 : 0,
                new LastAttempt(attempt.startedAt(), attempt.eventId(), attempt.number()),
                Durations.one(attempt.duration().toMillis()));
    }

    AttemptCount plus(AttemptCount other) {
        return new AttemptCount(this.endpointId, this.start, this.outcome, this.attempts + other.attempts,
                this.exhausted + other.exhausted, this.last.orLater(other.last), this.durations.plus(other.durations));
    }

    boolean delivered() {
        return this.outcome.equals(DELIVERED);
    }

    Key key() {
        return new Key(this.endpointId, this.start, this.outcome);
    }

    /**
     * What is counted together.
     */
    record Key(UUID endpointId, Instant start, String outcome) {

    }

}
