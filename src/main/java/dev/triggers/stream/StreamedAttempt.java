package dev.triggers.stream;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended.
 *
 * @param eventId the event
 * @param eventType the event's type
 * @param endpointId where it went
 * @param number its number among the attempts of its delivery
 * @param outcome {@code delivered}, {@code retried} or {@code failed}
 * @param startedAt when it began
 * @param durationMs how long it took
 * @param responseStatus the status of the answer, if there was one
 * @param errorCode why it failed, a stable code
 * @param error the same in words
 * @param nextAttemptAt when the next one is due; null if there is none, or it has begun
 */
record StreamedAttempt(UUID eventId, String eventType, UUID endpointId, int number, @Schema(allowableValues = {
        "delivered", "retried", "failed" }) String outcome, Instant startedAt, int durationMs,
        @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
        @Nullable Instant nextAttemptAt){

    boolean isLast() {
        return this.outcome.equals("failed");
    }

}
