// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptConnection(String address, boolean kept) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptConnection from(Map<String, Object> members) {
        return new AttemptConnection(Members.string(members, "address"),
            Members.boolean_(members, "kept"));
    }

}
