package dev.triggers.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told about keys.
 */
final class KeyAnswers {

    static final String WARNING = "Store this key now: it is shown only once and cannot be recovered.";

    private KeyAnswers() {
    }

    @Schema(name = "GeneratedKey")
    record Generated(String apiKey, UUID organizationId, String organizationName, String tier, int rateLimitPerMinute,
            Instant createdAt, String message, String warning) {
    }

    @Schema(name = "RotatedKey")
    record Rotated(String apiKey, UUID organizationId, String organizationName, Instant rotatedAt, String message,
            String warning) {
    }

    @Schema(name = "Key")
    record Details(String apiKeyPrefix, UUID organizationId, String organizationName, String tier,
            int rateLimitPerMinute, @Nullable String webhookUrl, List<String> scopes,
            @Schema(description = "null: every type") @Nullable List<String> types,
            @Schema(description = "null: every endpoint") @Nullable List<UUID> endpointIds, Instant createdAt,
            Instant updatedAt, String note) {
    }

}
