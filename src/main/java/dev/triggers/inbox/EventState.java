package dev.triggers.inbox;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;

/**
 * How far the deliveries of an event have come.
 *
 * @param eventId the event
 * @param bytes the size of its texts
 * @param acknowledgedAt when it was acknowledged
 * @param open whether a delivery is under way or waits
 * @param dead whether a delivery failed for good
 * @param attempts the highest number of attempts of its deliveries
 * @param responseStatus the HTTP status of the latest attempt
 * @param lastError what the latest attempt failed with
 * @param lastAttemptAt when the latest attempt began
 */
public record EventState(UUID eventId, int bytes, @Nullable Instant acknowledgedAt, boolean open, boolean dead,
        int attempts, @Nullable Integer responseStatus, @Nullable String lastError, @Nullable Instant lastAttemptAt) {

    /**
     * An acknowledgement outweighs everything, also a redelivery by hand that still runs.
     */
    public String status() {
        if (this.acknowledgedAt != null) {
            return "delivered";
        }
        if (this.open) {
            return "pending";
        }
        return this.dead ? "failed" : "delivered";
    }

    public Instant createdAt() {
        return UuidV7.instant(this.eventId);
    }

    /** The time of the latest attempt or of the acknowledgement. */
    public Instant updatedAt() {
        Instant tried = (this.lastAttemptAt != null) ? this.lastAttemptAt : createdAt();
        return (this.acknowledgedAt != null && this.acknowledgedAt.isAfter(tried)) ? this.acknowledgedAt : tried;
    }

}
