// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ServiceSecrets(ApiKeySaltState apiKeySalt, WebhookSecretState webhookSecret) {

    /** From JSON members, those that are not known passed over. */
    public static ServiceSecrets from(Map<String, Object> members) {
        return new ServiceSecrets(Members.object(members, "api_key_salt", ApiKeySaltState::from),
            Members.object(members, "webhook_secret", WebhookSecretState::from));
    }

}
