// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptRequest(String body, List<AttemptHeader> headers, String method, String signatureMissing, String url) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptRequest from(Map<String, Object> members) {
        return new AttemptRequest(Members.string(members, "body"),
            Members.list(members, "headers", value -> AttemptHeader.from(Members.toObject(value))),
            Members.string(members, "method"),
            Members.string(members, "signature_missing"),
            Members.string(members, "url"));
    }

}
