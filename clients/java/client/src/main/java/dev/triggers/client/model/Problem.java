// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** A problem (RFC 9457), with members that clients of older versions read */
public record Problem(String cell, String code, String dedupId, String detail, String error, List<FieldError> errors, String id, String instance, Long limit, String location, String message, List<String> missing, Long retryAfter, long status, String title, String type, Long window) {

    /** From JSON members, those that are not known passed over. */
    public static Problem from(Map<String, Object> members) {
        return new Problem(Members.string(members, "cell"),
            Members.string(members, "code"),
            Members.string(members, "dedup_id"),
            Members.string(members, "detail"),
            Members.string(members, "error"),
            Members.list(members, "errors", value -> FieldError.from(Members.toObject(value))),
            Members.string(members, "id"),
            Members.string(members, "instance"),
            Members.longOrNull(members, "limit"),
            Members.string(members, "location"),
            Members.string(members, "message"),
            Members.list(members, "missing", Members::toString),
            Members.longOrNull(members, "retry_after"),
            Members.long_(members, "status"),
            Members.string(members, "title"),
            Members.string(members, "type"),
            Members.longOrNull(members, "window"));
    }

}
