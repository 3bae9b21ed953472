package dev.triggers.attempt;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an event, or is about to.
 *
 * @param at when
 * @param what what it is: {@code accepted}; {@code waiting} for a first webhook;
 * {@code queued} for an endpoint; an {@code attempt}; {@code circuit_opened} and
 * {@code circuit_closed}, while it waited; {@code next_attempt}, to come; {@code dead},
 * after the last attempt; {@code cancelled}; {@code expired}; {@code redelivered}, asked
 * for again; {@code acknowledged}
 * @param endpointId the endpoint that it is about
 * @param number of an attempt: its number
 * @param durationMs of an attempt: how long it took
 * @param responseStatus of an attempt: the status of the answer
 * @param errorCode of an attempt: why it failed
 */
@Schema(name = "TimelineEntry")
record TimelineEntry(Instant at, @Schema(allowableValues = {
        "accepted", "waiting", "queued", "attempt", "circuit_opened", "circuit_closed", "next_attempt", "dead",
        "cancelled", "expired", "redelivered", "acknowledged" }) String what, @Nullable UUID endpointId,
        @Nullable Integer number, @Nullable Integer durationMs, @Nullable Integer responseStatus,
        @Nullable String errorCode){

    static TimelineEntry of(Instant at, String what) {
        return of(at, what, null);
    }

    static TimelineEntry of(Instant at, String what, @Nullable UUID endpointId) {
        return new TimelineEntry(at, what, endpointId, null, null, null, null);
    }

    static TimelineEntry of(AttemptLog attempt) {
        return new TimelineEntry(attempt.startedAt(), "attempt", attempt.endpointId(), attempt.number(),
                attempt.durationMs(), attempt.responseStatus(), attempt.errorCode());
    }

}
