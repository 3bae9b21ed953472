package dev.triggers.key;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A key of an organization, without its hash.
 *
 * @param id what its organization knows it by
 * @param keyId its public half
 * @param environment what it is for
 * @param name its name
 * @param access what it gives
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself; null: never
 * @param lastUsedAt when it was last used, to the hour
 * @param rotatedAt when it was replaced; null: it was not
 */
record OrganizationKeyRow(UUID id, String keyId, String environment, String name, Access access, Instant createdAt,
        @Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant rotatedAt) {

    /** What the audit may show of it. */
    Map<String, Object> audited() {
        Map<String, Object> members = audited(this.name, this.access);
        if (this.expiresAt != null) {
            members.put("expires_at", this.expiresAt.toString());
        }
        return members;
    }

    static Map<String, Object> audited(String name, Access access) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("scopes", access.scopes().names());
        List<String> types = access.types().filters();
        if (types != null) {
            members.put("types", types);
        }
        UUID[] endpoints = access.endpoints().ids();
        if (endpoints != null) {
            members.put("endpoint_ids", List.of(endpoints));
        }
        return members;
    }

    /** Whether an organization that has this key can go on making others. */
    boolean lasts() {
        return canMakeKeys(this.access) && this.expiresAt == null && this.rotatedAt == null;
    }

    static boolean canMakeKeys(Access access) {
        return access.scopes().has(Scope.KEYS_WRITE) && !access.isRestricted();
    }

}
