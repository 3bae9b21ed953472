// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Organization(String cell, Instant createdAt, String externalId, String id, Map<String, String> metadata, String name, long rateLimitPerMinute, String state, boolean suspended, Instant suspendedAt, String tier, Instant updatedAt, UsageTotals usageToday) {

    /** From JSON members, those that are not known passed over. */
    public static Organization from(Map<String, Object> members) {
        return new Organization(Members.string(members, "cell"),
            Members.instant(members, "created_at"),
            Members.string(members, "external_id"),
            Members.string(members, "id"),
            Members.map(members, "metadata", Members::toString),
            Members.string(members, "name"),
            Members.long_(members, "rate_limit_per_minute"),
            Members.string(members, "state"),
            Members.boolean_(members, "suspended"),
            Members.instant(members, "suspended_at"),
            Members.string(members, "tier"),
            Members.instant(members, "updated_at"),
            Members.object(members, "usage_today", UsageTotals::from));
    }

}
