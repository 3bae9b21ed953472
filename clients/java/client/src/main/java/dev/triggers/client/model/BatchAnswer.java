// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record BatchAnswer(long accepted, long duplicates, long rejected, List<BatchResult> results) {

    /** From JSON members, those that are not known passed over. */
    public static BatchAnswer from(Map<String, Object> members) {
        return new BatchAnswer(Members.long_(members, "accepted"),
            Members.long_(members, "duplicates"),
            Members.long_(members, "rejected"),
            Members.list(members, "results", value -> BatchResult.from(Members.toObject(value))));
    }

}
