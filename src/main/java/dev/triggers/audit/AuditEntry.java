package dev.triggers.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param id the entry
 * @param at when
 * @param organizationId whose it is
 * @param actor who did it
 * @param keyId the public half of the key or session that did
 * @param keyName the key's name then
 * @param action what was done
 * @param target to what
 * @param address where the request came from
 * @param requestId the request
 * @param before what there was
 * @param after what there is
 */
@Schema(name = "AuditEntry")
public record AuditEntry(UUID id, Instant at, @Nullable UUID organizationId, @Schema(allowableValues = {
        "key", "session", "operator", "anybody", "service" }) String actor, @Nullable String keyId,
        @Nullable String keyName, String action, @Nullable String target,
        @Schema(description = "Of its network after 30 days") @Nullable String address, @Nullable String requestId,
        @Nullable Map<String, Object> before, @Nullable Map<String, Object> after){

    /**
     * Some of what was done.
     *
     * @param entries the latest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there are more
     * @param unreachableCells whose part is missing; absent where there is one cell
     */
    @Schema(name = "AuditPage")
    public record Page(List<AuditEntry> entries, @Nullable String nextCursor, boolean hasMore,
            @JsonInclude(Include.NON_NULL) @Nullable List<String> unreachableCells) {

        public Page(List<AuditEntry> entries, @Nullable String nextCursor, boolean hasMore) {
            this(entries, nextCursor, hasMore, null);
        }

    }

}
