package dev.triggers.key;

import java.time.Instant;
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

    /** Whether an organization that has this key can go on making others. */
    boolean lasts() {
        return canMakeKeys(this.access) && this.expiresAt == null && this.rotatedAt == null;
    }

    static boolean canMakeKeys(Access access) {
        return access.scopes().has(Scope.KEYS_WRITE) && !access.isRestricted();
    }

}
