package dev.triggers.delivery;

import java.time.OffsetDateTime;
import java.util.UUID;

import dev.triggers.trace.Lineage;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is leased to this instance.
 *
 * @param organizationId whose event it is
 * @param eventId the event
 * @param endpointId where to
 * @param lease until when, by the database's clock; recording an outcome names it, so
 * that a late one changes nothing
 * @param attempts attempts made before this one
 * @param remaining attempts allowed, this one included
 * @param type the event's type
 * @param payload the event's payload, unless it is large: then it is read when it is sent
 * @param size bytes of the payload
 * @param probe whether the attempt shows if the endpoint's circuit can close
 * @param lineage where it comes from in its trace, if it is traced
 * @param claimedAt a reading of {@link System#nanoTime()} from before the lease began
 */
record Delivery(UUID organizationId, UUID eventId, UUID endpointId, OffsetDateTime lease, int attempts, int remaining,
        String type, @Nullable String payload, int size, boolean probe, @Nullable Lineage lineage, long claimedAt) {

    boolean lastAttempt() {
        return this.remaining <= 1;
    }

    boolean firstAttempt() {
        return this.attempts == 0;
    }

}
