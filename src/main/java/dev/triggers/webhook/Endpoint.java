package dev.triggers.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where an organization wants its events delivered.
 *
 * @param id the endpoint
 * @param organizationId its owner
 * @param isDefault whether it is the organization's default endpoint, for which events
 * wait
 * @param url where it is
 * @param description a note of its owner
 * @param eventTypes filters as given; empty: all
 * @param headers sent with every delivery
 * @param enabled whether deliveries are sent, not only collected
 * @param resting whether they are not, since its organization is suspended
 * @param disabledReason why the service disabled it
 * @param operations whether it takes operational events, and only these
 * @param ordered whether its deliveries are sent one after the other, in order
 * @param rateLimitPerSecond the most deliveries in a second
 * @param retrySchedule the waits between attempts; null: the service's
 * @param signature how new secrets of it sign
 * @param secrets the live ones, newest first
 * @param previousSecretExpiresAt when the second of two secrets stops being live
 * @param revision of what its requests are made of
 * @param createdAt when it was registered
 * @param updatedAt when it was last changed
 */
public record Endpoint(UUID id, UUID organizationId, boolean isDefault, CallbackUrl url, @Nullable String description,
        List<String> eventTypes, Map<String, String> headers, boolean enabled, boolean resting,
        @Nullable String disabledReason, boolean operations, boolean ordered, @Nullable Integer rateLimitPerSecond,
        @Nullable List<Duration> retrySchedule, SignatureScheme signature, List<SigningSecret> secrets,
        @Nullable Instant previousSecretExpiresAt, int revision, Instant createdAt, Instant updatedAt) {

    /**
     * Whether deliveries may be sent now, as far as its owner and the operator say.
     */
    public boolean sends() {
        return this.enabled && !this.resting;
    }

    /** The one that signs first. */
    SigningSecret secret() {
        return this.secrets.getFirst();
    }

    @Override
    public String toString() {
        return "Endpoint[id=" + this.id + ", organizationId=" + this.organizationId + ", url=" + this.url + ", headers="
                + this.headers.keySet() + ", enabled=" + this.enabled + ", secrets=" + this.secrets + "]";
    }

}
