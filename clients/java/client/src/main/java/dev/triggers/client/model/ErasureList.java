// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ErasureList(List<Erasure> erasures, boolean hasMore, String nextCursor, List<String> unreachableCells) {

    /** From JSON members, those that are not known passed over. */
    public static ErasureList from(Map<String, Object> members) {
        return new ErasureList(Members.list(members, "erasures", value -> Erasure.from(Members.toObject(value))),
            Members.boolean_(members, "has_more"),
            Members.string(members, "next_cursor"),
            Members.list(members, "unreachable_cells", Members::toString));
    }

}
