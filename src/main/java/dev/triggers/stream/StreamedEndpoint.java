package dev.triggers.stream;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint after a change, as it is when it is told of: changes in quick succession
 * may be told as one.
 *
 * @param id the endpoint
 * @param endpointId the same
 * @param enabled whether deliveries are sent
 * @param disabledReason why the service disabled it
 * @param deleted whether it is gone
 * @param health what its attempts have shown
 * @param updatedAt when its settings were last changed
 */
record StreamedEndpoint(UUID id, UUID endpointId, boolean enabled, @Nullable String disabledReason, boolean deleted,
        Health health, Instant updatedAt) {

    /**
     * What the attempts of an endpoint have shown.
     *
     * @param circuit {@code closed}: deliveries go; {@code open}: they wait;
     * {@code half_open}: one goes to try
     * @param openUntil until when the circuit stays open
     * @param consecutiveFailures failed attempts since the latest success
     * @param failingSince when the first of them failed
     * @param heldUntil until when the receiver asked to be left alone
     */
    @Schema(name = "StreamedEndpointHealth")
    record Health(@Schema(allowableValues = {
            "closed", "open", "half_open" }) String circuit, @Nullable Instant openUntil, int consecutiveFailures,
            @Nullable Instant failingSince, @Nullable Instant heldUntil){

    }

}
