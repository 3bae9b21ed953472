// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Service(String cell, String defaultTier, boolean playground, String registration, String version) {

    /** From JSON members, those that are not known passed over. */
    public static Service from(Map<String, Object> members) {
        return new Service(Members.string(members, "cell"),
            Members.string(members, "default_tier"),
            Members.boolean_(members, "playground"),
            Members.string(members, "registration"),
            Members.string(members, "version"));
    }

}
