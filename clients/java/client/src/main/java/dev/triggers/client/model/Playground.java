// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Playground(PlaygroundAnswer answer, Instant createdAt, Instant expiresAt, long received, String token, String url) {

    /** From JSON members, those that are not known passed over. */
    public static Playground from(Map<String, Object> members) {
        return new Playground(Members.object(members, "answer", PlaygroundAnswer::from),
            Members.instant(members, "created_at"),
            Members.instant(members, "expires_at"),
            Members.long_(members, "received"),
            Members.string(members, "token"),
            Members.string(members, "url"));
    }

}
