package dev.triggers.lease;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A lease that has not ended.
 *
 * @param leaseId the lease
 * @param consumer who has it, as it said itself
 * @param leasedUntil when it ends
 * @param count how many of its events are neither acknowledged nor released
 */
@Schema(name = "Lease")
record Lease(UUID leaseId, @Nullable String consumer, Instant leasedUntil, int count) {

}
