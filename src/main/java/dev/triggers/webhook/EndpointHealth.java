package dev.triggers.webhook;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the attempts of an endpoint have shown.
 *
 * @param circuit {@code closed}: deliveries go; {@code open}: they wait;
 * {@code half_open}: one goes to try
 * @param openUntil until when the circuit stays open
 * @param consecutiveFailures failed attempts since the latest success
 * @param failingSince when the first of them failed
 * @param heldUntil until when the receiver asked to be left alone ({@code Retry-After})
 */
record EndpointHealth(String circuit, @Nullable Instant openUntil, int consecutiveFailures,
        @Nullable Instant failingSince, @Nullable Instant heldUntil) {

    static final EndpointHealth GOOD = new EndpointHealth("closed", null, 0, null, null);

}
