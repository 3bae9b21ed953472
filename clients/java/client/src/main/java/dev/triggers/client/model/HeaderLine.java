// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record HeaderLine(String name, String value) {

    /** From JSON members, those that are not known passed over. */
    public static HeaderLine from(Map<String, Object> members) {
        return new HeaderLine(Members.string(members, "name"),
            Members.string(members, "value"));
    }

}
