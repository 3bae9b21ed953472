// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record BatchResult(String error, String id, long index, String status) {

    /** From JSON members, those that are not known passed over. */
    public static BatchResult from(Map<String, Object> members) {
        return new BatchResult(Members.string(members, "error"),
            Members.string(members, "id"),
            Members.long_(members, "index"),
            Members.string(members, "status"));
    }

}
