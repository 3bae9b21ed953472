// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record RecoveryList(List<Recovery> recoveries) {

    /** From JSON members, those that are not known passed over. */
    public static RecoveryList from(Map<String, Object> members) {
        return new RecoveryList(Members.list(members, "recoveries", value -> Recovery.from(Members.toObject(value))));
    }

}
