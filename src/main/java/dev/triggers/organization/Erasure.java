package dev.triggers.organization;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of an organization: how far it is, and at last the receipt.
 *
 * @param id the erasure
 * @param organizationId the organization; null: nothing of it is left
 * @param state how far it is
 * @param requestedAt when it was asked for
 * @param startedAt when the first rows went
 * @param finishedAt when nothing was left
 * @param rows rows that are gone
 * @param counts the same by table
 */
@Schema(name = "Erasure")
record Erasure(UUID id, @Schema(description = "null: nothing of it is left") @Nullable UUID organizationId,
        @Schema(allowableValues = {
                "waiting", "running", "finished" }) String state,
        Instant requestedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt, long rows,
        Map<String, Long> counts){

    static Erasure of(UUID id, @Nullable UUID organizationId, Instant requestedAt, @Nullable Instant startedAt,
            @Nullable Instant finishedAt, Map<String, Long> counts) {
        String state = (finishedAt != null) ? "finished" : (startedAt != null) ? "running" : "waiting";
        return new Erasure(id, organizationId, state, requestedAt, startedAt, finishedAt,
                counts.values().stream().mapToLong(Long::longValue).sum(), counts);
    }

}
