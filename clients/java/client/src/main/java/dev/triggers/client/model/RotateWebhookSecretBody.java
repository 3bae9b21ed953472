// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class RotateWebhookSecretBody extends Fields {

    private RotateWebhookSecretBody(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static RotateWebhookSecretBody of() {
        return new RotateWebhookSecretBody(Map.of());
    }

    public RotateWebhookSecretBody revoke(Boolean revoke) {
        return new RotateWebhookSecretBody(with("revoke", revoke));
    }

}
