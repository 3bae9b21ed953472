package dev.triggers.stream;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that has failed for good.
 *
 * @param eventId the event
 * @param eventType the event's type
 * @param endpointId where it went
 * @param attempts how many attempts were made
 * @param responseStatus the status of the last answer, if there was one
 * @param errorCode why the last attempt failed, a stable code
 * @param lastError the same in words
 * @param failedAt when the last attempt ended
 */
record StreamedDeadDelivery(UUID eventId, String eventType, UUID endpointId, int attempts,
        @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String lastError, Instant failedAt) {

    static StreamedDeadDelivery of(StreamedAttempt last) {
        return new StreamedDeadDelivery(last.eventId(), last.eventType(), last.endpointId(), last.number(),
                last.responseStatus(), last.errorCode(), last.error(), last.startedAt().plusMillis(last.durationMs()));
    }

}
