// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record MadeKey(String apiKey, Instant createdAt, List<String> endpointIds, Instant expiresAt, String id, String name, String prefix, List<String> scopes, List<String> types, String warning) {

    /** From JSON members, those that are not known passed over. */
    public static MadeKey from(Map<String, Object> members) {
        return new MadeKey(Members.string(members, "api_key"),
            Members.instant(members, "created_at"),
            Members.list(members, "endpoint_ids", Members::toString),
            Members.instant(members, "expires_at"),
            Members.string(members, "id"),
            Members.string(members, "name"),
            Members.string(members, "prefix"),
            Members.list(members, "scopes", Members::toString),
            Members.list(members, "types", Members::toString),
            Members.string(members, "warning"));
    }

}
