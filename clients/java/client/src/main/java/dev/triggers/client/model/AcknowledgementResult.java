// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AcknowledgementResult(String error, String id, String status) {

    /** From JSON members, those that are not known passed over. */
    public static AcknowledgementResult from(Map<String, Object> members) {
        return new AcknowledgementResult(Members.string(members, "error"),
            Members.string(members, "id"),
            Members.string(members, "status"));
    }

}
