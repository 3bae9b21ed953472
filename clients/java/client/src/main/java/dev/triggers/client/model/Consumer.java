// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Consumer(String cursor, String name, Instant updatedAt) {

    /** From JSON members, those that are not known passed over. */
    public static Consumer from(Map<String, Object> members) {
        return new Consumer(Members.string(members, "cursor"),
            Members.string(members, "name"),
            Members.instant(members, "updated_at"));
    }

}
