// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record GeneratedKey(String apiKey, Instant createdAt, String message, String organizationId, String organizationName, long rateLimitPerMinute, String tier, String warning) {

    /** From JSON members, those that are not known passed over. */
    public static GeneratedKey from(Map<String, Object> members) {
        return new GeneratedKey(Members.string(members, "api_key"),
            Members.instant(members, "created_at"),
            Members.string(members, "message"),
            Members.string(members, "organization_id"),
            Members.string(members, "organization_name"),
            Members.long_(members, "rate_limit_per_minute"),
            Members.string(members, "tier"),
            Members.string(members, "warning"));
    }

}
