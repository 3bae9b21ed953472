// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Day(String day, long events) {

    /** From JSON members, those that are not known passed over. */
    public static Day from(Map<String, Object> members) {
        return new Day(Members.string(members, "day"),
            Members.long_(members, "events"));
    }

}
