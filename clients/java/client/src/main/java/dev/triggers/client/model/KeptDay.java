// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record KeptDay(long bytes, String day, long events) {

    /** From JSON members, those that are not known passed over. */
    public static KeptDay from(Map<String, Object> members) {
        return new KeptDay(Members.long_(members, "bytes"),
            Members.string(members, "day"),
            Members.long_(members, "events"));
    }

}
