// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Status(String status) {

    /** From JSON members, those that are not known passed over. */
    public static Status from(Map<String, Object> members) {
        return new Status(Members.string(members, "status"));
    }

}
