// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OrganizationKey(Instant createdAt, List<String> endpointIds, Instant expiresAt, String id, Instant lastUsedAt, String name, String prefix, Instant rotatedAt, List<String> scopes, List<String> types) {

    /** From JSON members, those that are not known passed over. */
    public static OrganizationKey from(Map<String, Object> members) {
        return new OrganizationKey(Members.instant(members, "created_at"),
            Members.list(members, "endpoint_ids", Members::toString),
            Members.instant(members, "expires_at"),
            Members.string(members, "id"),
            Members.instant(members, "last_used_at"),
            Members.string(members, "name"),
            Members.string(members, "prefix"),
            Members.instant(members, "rotated_at"),
            Members.list(members, "scopes", Members::toString),
            Members.list(members, "types", Members::toString));
    }

}
