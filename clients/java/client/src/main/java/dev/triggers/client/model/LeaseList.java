// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record LeaseList(boolean hasMore, List<Lease> leases, String nextCursor) {

    /** From JSON members, those that are not known passed over. */
    public static LeaseList from(Map<String, Object> members) {
        return new LeaseList(Members.boolean_(members, "has_more"),
            Members.list(members, "leases", value -> Lease.from(Members.toObject(value))),
            Members.string(members, "next_cursor"));
    }

}
