// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record KeyList(List<OrganizationKey> keys) {

    /** From JSON members, those that are not known passed over. */
    public static KeyList from(Map<String, Object> members) {
        return new KeyList(Members.list(members, "keys", value -> OrganizationKey.from(Members.toObject(value))));
    }

}
