// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record WebhookSecret(String id, String message, Instant previousSecretExpiresAt, String publicKey, String secret, String signature, Instant updatedAt) {

    /** From JSON members, those that are not known passed over. */
    public static WebhookSecret from(Map<String, Object> members) {
        return new WebhookSecret(Members.string(members, "id"),
            Members.string(members, "message"),
            Members.instant(members, "previous_secret_expires_at"),
            Members.string(members, "public_key"),
            Members.string(members, "secret"),
            Members.string(members, "signature"),
            Members.instant(members, "updated_at"));
    }

}
