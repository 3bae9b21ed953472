package dev.triggers.organization;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.triggers.key.Cell;
import dev.triggers.statistics.UsageTotals;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An organization as its operator sees it.
 *
 * @param id the organization
 * @param cell the digits of the cell that it lives in
 * @param name its name
 * @param tier its tier
 * @param rateLimitPerMinute events a minute of that tier
 * @param externalId what its operator knows it by
 * @param metadata what its operator notes of it
 * @param state what it may do
 * @param suspended whether it is suspended
 * @param suspendedAt since when
 * @param usageToday what it used since the day of UTC began
 * @param createdAt when it was made
 * @param updatedAt when it, or a key of it, was last changed
 */
@Schema(name = "Organization")
record OrganizationAnswer(UUID id, String cell, String name, String tier, int rateLimitPerMinute,
        @Nullable String externalId, Map<String, String> metadata, @Schema(allowableValues = {
                "active", "suspended", "erasing" }) String state,
        boolean suspended, @Nullable Instant suspendedAt, UsageTotals usageToday, Instant createdAt, Instant updatedAt){

    static OrganizationAnswer of(Organization organization, Cell cell, int rateLimitPerMinute, UsageTotals usageToday) {
        return new OrganizationAnswer(organization.id(), cell.digits(), organization.name(), organization.tier(),
                rateLimitPerMinute, organization.externalId(), organization.metadata(), organization.state().toString(),
                organization.suspendedAt() != null, organization.suspendedAt(), usageToday, organization.createdAt(),
                organization.updatedAt());
    }

    /**
     * Some of the organizations.
     *
     * @param organizations the newest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there may be more
     * @param unreachableCells whose part is missing; absent where there is one cell
     */
    @Schema(name = "OrganizationList")
    record Page(List<OrganizationAnswer> organizations, @Nullable String nextCursor, boolean hasMore,
            @JsonInclude(Include.NON_NULL) @Nullable List<String> unreachableCells) {

        Page(List<OrganizationAnswer> organizations, @Nullable String nextCursor, boolean hasMore) {
            this(organizations, nextCursor, hasMore, null);
        }

    }

}
