package dev.triggers.lease;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer got.
 *
 * @param leaseId what to extend and release it by; null if there was nothing
 * @param leasedUntil when it ends
 * @param events the events, oldest first
 * @param count how many
 */
@Schema(name = "LeasedEvents")
record LeaseAnswer(@Nullable UUID leaseId, @Nullable Instant leasedUntil, List<LeasedItem> events, int count) {

    static final LeaseAnswer NOTHING = new LeaseAnswer(null, null, List.of(), 0);

    static LeaseAnswer of(UUID leaseId, Instant leasedUntil, List<LeasedItem> events) {
        return new LeaseAnswer(leaseId, leasedUntil, events, events.size());
    }

    boolean isEmpty() {
        return this.events.isEmpty();
    }

}
