// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Health(String service, String status, Instant timestamp, String version) {

    /** From JSON members, those that are not known passed over. */
    public static Health from(Map<String, Object> members) {
        return new Health(Members.string(members, "service"),
            Members.string(members, "status"),
            Members.instant(members, "timestamp"),
            Members.string(members, "version"));
    }

}
