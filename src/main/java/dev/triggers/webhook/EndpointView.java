package dev.triggers.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its owner sees it.
 *
 * @param secret only in the answer that made it
 */
@Schema(name = "Webhook")
record EndpointView(UUID id, UUID organizationId, boolean isDefault, String url, @Nullable String description,
        @Schema(description = "Empty: every type") List<String> eventTypes,
        @Schema(description = "Values are masked; given back, a mask leaves its value as it is") Map<String, String> headers,
        boolean enabled, @Schema(description = "Why the service disabled it") @Nullable String disabledReason,
        boolean operations, boolean ordered, @Nullable Integer rateLimitPerSecond,
        @Schema(description = "Seconds between attempts; null: the service's own") @Nullable List<Number> retrySchedule,
        @Schema(allowableValues = {
                "hmac-sha256", "ed25519" }) String signature,
        @Schema(description = "ed25519: the key (`whpk_`) to verify signatures with") @Nullable String publicKey,
        @Schema(description = "Only in the answer that made it") @JsonInclude(Include.NON_NULL) @Nullable String secret,
        @Nullable Instant previousSecretExpiresAt, EndpointHealth health, Instant createdAt, Instant updatedAt){

    static EndpointView of(Endpoint endpoint, EndpointHealth health) {
        return of(endpoint, health, null);
    }

    static EndpointView withSecret(Endpoint endpoint, EndpointHealth health) {
        return of(endpoint, health, endpoint.secret().reveal());
    }

    private static EndpointView of(Endpoint endpoint, EndpointHealth health, @Nullable String secret) {
        return new EndpointView(endpoint.id(), endpoint.organizationId(), endpoint.isDefault(),
                endpoint.url().toString(), endpoint.description(), endpoint.eventTypes(),
                CustomHeaders.masked(endpoint.headers()), endpoint.enabled(), endpoint.disabledReason(),
                endpoint.operations(), endpoint.ordered(), endpoint.rateLimitPerSecond(),
                RetryWaits.write(endpoint.retrySchedule()), endpoint.signature().toString(),
                endpoint.secret().publicKey(), secret, endpoint.previousSecretExpiresAt(), health, endpoint.createdAt(),
                endpoint.updatedAt());
    }

    @Override
    public String toString() {
        return "EndpointView[id=" + this.id + ", url=" + this.url + "]";
    }

}
