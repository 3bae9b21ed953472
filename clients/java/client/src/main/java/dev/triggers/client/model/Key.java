// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Key(String apiKeyPrefix, Instant createdAt, List<String> endpointIds, String note, String organizationId, String organizationName, long rateLimitPerMinute, List<String> scopes, String tier, List<String> types, Instant updatedAt, String webhookUrl) {

    /** From JSON members, those that are not known passed over. */
    public static Key from(Map<String, Object> members) {
        return new Key(Members.string(members, "api_key_prefix"),
            Members.instant(members, "created_at"),
            Members.list(members, "endpoint_ids", Members::toString),
            Members.string(members, "note"),
            Members.string(members, "organization_id"),
            Members.string(members, "organization_name"),
            Members.long_(members, "rate_limit_per_minute"),
            Members.list(members, "scopes", Members::toString),
            Members.string(members, "tier"),
            Members.list(members, "types", Members::toString),
            Members.instant(members, "updated_at"),
            Members.string(members, "webhook_url"));
    }

}
