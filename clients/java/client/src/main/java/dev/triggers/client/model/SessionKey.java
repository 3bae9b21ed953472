// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record SessionKey(String apiKey, Instant expiresAt, String returnUrl, List<String> scopes) {

    /** From JSON members, those that are not known passed over. */
    public static SessionKey from(Map<String, Object> members) {
        return new SessionKey(Members.string(members, "api_key"),
            Members.instant(members, "expires_at"),
            Members.string(members, "return_url"),
            Members.list(members, "scopes", Members::toString));
    }

}
