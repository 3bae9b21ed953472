// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptResponse(String body, List<AttemptHeader> headers, long status) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptResponse from(Map<String, Object> members) {
        return new AttemptResponse(Members.string(members, "body"),
            Members.list(members, "headers", value -> AttemptHeader.from(Members.toObject(value))),
            Members.long_(members, "status"));
    }

}
