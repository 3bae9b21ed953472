// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamLine(String cursor, Object data, String kind) {

    /** From JSON members, those that are not known passed over. */
    public static StreamLine from(Map<String, Object> members) {
        return new StreamLine(Members.string(members, "cursor"),
            members.get("data"),
            Members.string(members, "kind"));
    }

}
