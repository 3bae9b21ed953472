package dev.triggers.attempt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an event to one endpoint.
 *
 * @param id its id, made of the event's and the endpoint's
 * @param endpointId the endpoint
 * @param url where the endpoint is now
 * @param status pending, delivered, failed, cancelled or expired
 * @param attempts how many attempts were made
 * @param nextAttemptAt when the next one is due, if one is
 * @param lastError what the latest attempt failed with
 * @param errorCode the kind of that failure
 * @param attemptLog the attempts, oldest first
 */
@Schema(name = "Delivery")
record DeliveryDetail(UUID id, UUID endpointId, @Nullable String url, @Schema(allowableValues = {
        "pending", "delivered", "failed", "cancelled", "expired" }) String status, int attempts,
        @Nullable Instant nextAttemptAt, @Nullable String lastError, @Nullable String errorCode,
        List<AttemptLog> attemptLog){

    /**
     * @param row what is left to do, if anything is; it outweighs the records
     * @param records the attempts and markers, oldest first
     */
    static DeliveryDetail of(UUID eventId, UUID endpointId, @Nullable String url, @Nullable DeliveryRow row,
            List<AttemptLog> records) {
        List<AttemptLog> attempts = records.stream().filter((log) -> !log.isMarker()).toList();
        AttemptLog latest = attempts.isEmpty() ? null : attempts.getLast();
        int made = Math.max((row != null) ? row.attempts() : 0, (latest != null) ? latest.number() : 0);
        return new DeliveryDetail(id(eventId, endpointId), endpointId, url, status(row, records), made,
                (row != null) ? row.dueAt() : null, (latest != null) ? latest.error() : null,
                (latest != null) ? latest.errorCode() : null, attempts);
    }

    /**
     * A record without a row is the last word of the delivery, unless it was to be
     * retried: then it was called off.
     */
    private static String status(@Nullable DeliveryRow row, List<AttemptLog> records) {
        if (row != null) {
            return row.dead() ? "failed" : "pending";
        }
        return switch (records.getLast().outcome()) {
            case 'd' -> "delivered";
            case 'f' -> "failed";
            case 'x' -> "expired";
            default -> "cancelled";
        };
    }

    /**
     * A delivery is stored under two ids and has none of its own: this one is of version
     * 7 and never changes.
     */
    private static UUID id(UUID eventId, UUID endpointId) {
        long mixed = eventId.getLeastSignificantBits() * 31 + endpointId.getMostSignificantBits();
        mixed = (mixed ^ (mixed >>> 32)) * 0x9E3779B97F4A7C15L + endpointId.getLeastSignificantBits();
        return new UUID(eventId.getMostSignificantBits(), ((mixed ^ (mixed >>> 29)) >>> 2) | 0x8000_0000_0000_0000L);
    }

}
