// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record UsageList(Instant from_, boolean hasMore, String nextCursor, List<OrganizationUsage> organizations, Instant to, List<String> unreachableCells) {

    /** From JSON members, those that are not known passed over. */
    public static UsageList from(Map<String, Object> members) {
        return new UsageList(Members.instant(members, "from"),
            Members.boolean_(members, "has_more"),
            Members.string(members, "next_cursor"),
            Members.list(members, "organizations", value -> OrganizationUsage.from(Members.toObject(value))),
            Members.instant(members, "to"),
            Members.list(members, "unreachable_cells", Members::toString));
    }

}
