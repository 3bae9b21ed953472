// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Webhook(Instant createdAt, String description, String disabledReason, boolean enabled, List<String> eventTypes, Map<String, String> headers, EndpointHealth health, String id, boolean isDefault, boolean operations, boolean ordered, String organizationId, Instant previousSecretExpiresAt, String publicKey, Long rateLimitPerSecond, List<Double> retrySchedule, String secret, String signature, Instant updatedAt, String url) {

    /** From JSON members, those that are not known passed over. */
    public static Webhook from(Map<String, Object> members) {
        return new Webhook(Members.instant(members, "created_at"),
            Members.string(members, "description"),
            Members.string(members, "disabled_reason"),
            Members.boolean_(members, "enabled"),
            Members.list(members, "event_types", Members::toString),
            Members.map(members, "headers", Members::toString),
            Members.object(members, "health", EndpointHealth::from),
            Members.string(members, "id"),
            Members.boolean_(members, "is_default"),
            Members.boolean_(members, "operations"),
            Members.boolean_(members, "ordered"),
            Members.string(members, "organization_id"),
            Members.instant(members, "previous_secret_expires_at"),
            Members.string(members, "public_key"),
            Members.longOrNull(members, "rate_limit_per_second"),
            Members.list(members, "retry_schedule", Members::toDouble),
            Members.string(members, "secret"),
            Members.string(members, "signature"),
            Members.instant(members, "updated_at"),
            Members.string(members, "url"));
    }

}
