package dev.triggers.attempt;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that is open, or dead.
 *
 * @param endpointId its endpoint
 * @param dead whether it failed for good
 * @param attempts how many attempts were made
 * @param dueAt when the next attempt is due; null if nothing says when
 */
record DeliveryRow(UUID endpointId, boolean dead, int attempts, @Nullable Instant dueAt) {
}
