// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class SetWebhookConfigBody extends Fields {

    private SetWebhookConfigBody(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static SetWebhookConfigBody of() {
        return new SetWebhookConfigBody(Map.of());
    }

    public SetWebhookConfigBody webhookUrl(String webhookUrl) {
        return new SetWebhookConfigBody(with("webhook_url", webhookUrl));
    }

}
