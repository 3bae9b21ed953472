// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record PlaygroundRequest(Instant at, String body, long bodyBytes, boolean cut, boolean delivery, List<HeaderLine> headers, long id, String method, Long responseStatus, String target) {

    /** From JSON members, those that are not known passed over. */
    public static PlaygroundRequest from(Map<String, Object> members) {
        return new PlaygroundRequest(Members.instant(members, "at"),
            Members.string(members, "body"),
            Members.long_(members, "body_bytes"),
            Members.boolean_(members, "cut"),
            Members.boolean_(members, "delivery"),
            Members.list(members, "headers", value -> HeaderLine.from(Members.toObject(value))),
            Members.long_(members, "id"),
            Members.string(members, "method"),
            Members.longOrNull(members, "response_status"),
            Members.string(members, "target"));
    }

}
