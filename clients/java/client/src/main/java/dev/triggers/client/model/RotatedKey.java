// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record RotatedKey(String apiKey, String message, String organizationId, String organizationName, Instant rotatedAt, String warning) {

    /** From JSON members, those that are not known passed over. */
    public static RotatedKey from(Map<String, Object> members) {
        return new RotatedKey(Members.string(members, "api_key"),
            Members.string(members, "message"),
            Members.string(members, "organization_id"),
            Members.string(members, "organization_name"),
            Members.instant(members, "rotated_at"),
            Members.string(members, "warning"));
    }

}
