// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record MoveList(boolean hasMore, List<Move> moves, String nextCursor, List<String> unreachableCells) {

    /** From JSON members, those that are not known passed over. */
    public static MoveList from(Map<String, Object> members) {
        return new MoveList(Members.boolean_(members, "has_more"),
            Members.list(members, "moves", value -> Move.from(Members.toObject(value))),
            Members.string(members, "next_cursor"),
            Members.list(members, "unreachable_cells", Members::toString));
    }

}
