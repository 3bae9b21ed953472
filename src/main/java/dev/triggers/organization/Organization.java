package dev.triggers.organization;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An organization.
 *
 * @param id the organization
 * @param name its name
 * @param tier its tier
 * @param externalId what its operator knows it by
 * @param metadata what its operator notes of it
 * @param suspendedAt since when it is suspended; null: it is not
 * @param erasing whether it is being erased
 * @param createdAt when it was made
 * @param updatedAt when it, or a key of it, was last changed
 */
record Organization(UUID id, String name, String tier, @Nullable String externalId, Map<String, String> metadata,
        @Nullable Instant suspendedAt, boolean erasing, Instant createdAt, Instant updatedAt) {

    /** What the audit shows of it. */
    Map<String, Object> audited() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", this.name);
        members.put("tier", this.tier);
        members.put("metadata", this.metadata);
        members.put("suspended", this.suspendedAt != null);
        return members;
    }

    OrganizationState state() {
        if (this.erasing) {
            return OrganizationState.ERASING;
        }
        return (this.suspendedAt != null) ? OrganizationState.SUSPENDED : OrganizationState.ACTIVE;
    }

}
