package dev.triggers.stream;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A line of a stream, as the API's description shows it; {@link StreamFormat} writes it.
 *
 * @param kind what happened
 * @param cursor where the log goes on, of event.accepted and stream.heartbeat
 * @param data what is told of it
 */
record StreamLine(@Schema(allowableValues = {
        "event.accepted", "event.acknowledged", "attempt.finished", "delivery.dead", "endpoint.changed",
        "stream.heartbeat", "stream.lagging", "stream.expired" }) String kind, @Nullable String cursor,
        @Schema(oneOf = { StreamedEvent.class, StreamedAcknowledgement.class, StreamedAttempt.class,
                StreamedDeadDelivery.class, StreamedEndpoint.class }) @Nullable Object data){

}
