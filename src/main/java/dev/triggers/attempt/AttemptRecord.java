package dev.triggers.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.triggers.sending.AttemptDetail;
import dev.triggers.time.UuidV7;
import dev.triggers.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * An attempt with all that is stored of it, and of what was before and after it.
 *
 * @param eventId the event
 * @param endpointId the endpoint
 * @param number counts the delivery's attempts
 * @param revision the endpoint's, as it was sent to
 * @param userAgent what the service called itself
 * @param bodyAliases whether the body held the payload under its other names too
 * @param type the event's type
 * @param payloadBytes the size of its payload
 * @param deliverAt when it was to be delivered, if not at once
 * @param outcome how the attempt ended, by the letter that is stored
 * @param startedAt when it began
 * @param durationMs how long it took
 * @param responseStatus the status of the answer
 * @param errorCode why it failed
 * @param error the same in words
 * @param responseBody the beginning of the answer's body
 * @param detail what it went through
 * @param trace the span that its receiver was told of, if it was traced
 * @param previous the attempt before it, if there is one
 * @param next the number of the attempt behind it
 * @param nextAttemptAt when the next one is due, if it is the latest
 */
record AttemptRecord(UUID eventId, UUID endpointId, int number, @Nullable Integer revision, @Nullable String userAgent,
        boolean bodyAliases, String type, int payloadBytes, @Nullable Instant deliverAt, String outcome,
        Instant startedAt, int durationMs, @Nullable Integer responseStatus, @Nullable String errorCode,
        @Nullable String error, @Nullable String responseBody, @Nullable AttemptDetail detail,
        @Nullable TraceContext trace, @Nullable Previous previous, @Nullable Integer next,
        @Nullable Instant nextAttemptAt) {

    /**
     * How long it had been due when it began; null if nothing tells when it was.
     */
    @Nullable Long queuedMs() {
        Instant due = dueAt();
        return (due != null) ? Math.max(0, Duration.between(due, this.startedAt).toMillis()) : null;
    }

    private @Nullable Instant dueAt() {
        if (this.previous != null) {
            return this.previous.againAt();
        }
        if (this.number > 1) {
            return null;
        }
        return (this.deliverAt != null) ? this.deliverAt : UuidV7.instant(this.eventId);
    }

    /**
     * The attempt before.
     *
     * @param number its number
     * @param endedAt when it ended
     * @param detail what it went through
     */
    record Previous(int number, Instant endedAt, @Nullable AttemptDetail detail) {

        @Nullable Instant againAt() {
            Long wait = (this.detail != null) ? this.detail.waitMs() : null;
            return (wait != null) ? this.endedAt.plusMillis(wait) : null;
        }

    }

}
