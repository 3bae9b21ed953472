// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** A member or parameter that is wrong */
public record FieldError(String field, String message) {

    /** From JSON members, those that are not known passed over. */
    public static FieldError from(Map<String, Object> members) {
        return new FieldError(Members.string(members, "field"),
            Members.string(members, "message"));
    }

}
