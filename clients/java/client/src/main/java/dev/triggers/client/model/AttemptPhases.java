// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AttemptPhases(Long connect, Long dns, Long firstByte, Long queued, Long tls, long total) {

    /** From JSON members, those that are not known passed over. */
    public static AttemptPhases from(Map<String, Object> members) {
        return new AttemptPhases(Members.longOrNull(members, "connect"),
            Members.longOrNull(members, "dns"),
            Members.longOrNull(members, "first_byte"),
            Members.longOrNull(members, "queued"),
            Members.longOrNull(members, "tls"),
            Members.long_(members, "total"));
    }

}
