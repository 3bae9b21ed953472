package dev.triggers.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A key as its organization sees it.
 *
 * @param id the key
 * @param prefix the part of it that may be shown
 * @param name its name
 * @param scopes what it may do
 * @param types the event types that it is held to
 * @param endpointIds the endpoints that it is held to
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself
 * @param lastUsedAt when it was last used, to the hour
 * @param rotatedAt when it was replaced, if it is in its grace period
 */
@Schema(name = "OrganizationKey")
record OrganizationKey(UUID id, String prefix, String name, List<String> scopes,
        @Schema(description = "null: every type") @Nullable List<String> types,
        @Schema(description = "null: every endpoint") @Nullable List<UUID> endpointIds, Instant createdAt,
        @Schema(description = "null: it does not end by itself") @Nullable Instant expiresAt,
        @Schema(description = "To the hour") @Nullable Instant lastUsedAt,
        @Schema(description = "When it was replaced; it works until expires_at") @Nullable Instant rotatedAt) {

    static OrganizationKey of(OrganizationKeyRow row) {
        UUID[] endpoints = row.access().endpoints().ids();
        return new OrganizationKey(row.id(), ApiKey.publicPrefix(row.environment(), row.keyId()), row.name(),
                row.access().scopes().names(), row.access().types().filters(),
                (endpoints != null) ? List.of(endpoints) : null, row.createdAt(), row.expiresAt(), row.lastUsedAt(),
                row.rotatedAt());
    }

}
