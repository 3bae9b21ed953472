// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record WebhookConfig(String disabledReason, Boolean enabled, EndpointHealth health, String id, String message, String organizationId, String secret, boolean success, Instant updatedAt, String url, String webhookUrl) {

    /** From JSON members, those that are not known passed over. */
    public static WebhookConfig from(Map<String, Object> members) {
        return new WebhookConfig(Members.string(members, "disabled_reason"),
            Members.booleanOrNull(members, "enabled"),
            Members.object(members, "health", EndpointHealth::from),
            Members.string(members, "id"),
            Members.string(members, "message"),
            Members.string(members, "organization_id"),
            Members.string(members, "secret"),
            Members.boolean_(members, "success"),
            Members.instant(members, "updated_at"),
            Members.string(members, "url"),
            Members.string(members, "webhook_url"));
    }

}
