// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record MadePlayground(Instant expiresAt, String token, String url) {

    /** From JSON members, those that are not known passed over. */
    public static MadePlayground from(Map<String, Object> members) {
        return new MadePlayground(Members.instant(members, "expires_at"),
            Members.string(members, "token"),
            Members.string(members, "url"));
    }

}
