// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record WebhookSecretState(long endpointsToMove, long values) {

    /** From JSON members, those that are not known passed over. */
    public static WebhookSecretState from(Map<String, Object> members) {
        return new WebhookSecretState(Members.long_(members, "endpoints_to_move"),
            Members.long_(members, "values"));
    }

}
