package dev.triggers.attempt;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver an event to an endpoint.
 *
 * @param endpointId the endpoint
 * @param outcome how it ended, by its letter
 * @param number its number among the attempts of this delivery
 * @param startedAt when it began
 * @param durationMs how long it took
 * @param responseStatus the HTTP status of the response, if there was one
 * @param errorCode what kind of failure it was
 * @param error the failure in words
 * @param responseBody the beginning of the response's body
 */
@Schema(name = "DeliveryAttempt")
record AttemptLog(@JsonIgnore UUID endpointId, @JsonIgnore char outcome, int number, Instant startedAt, int durationMs,
        @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
        @Nullable String responseBody) {

    /** Cancelled and expired deliveries leave a marker, which is no attempt. */
    boolean isMarker() {
        return this.outcome == 'c' || this.outcome == 'x';
    }

}
