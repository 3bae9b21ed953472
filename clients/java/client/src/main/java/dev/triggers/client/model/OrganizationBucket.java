// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OrganizationBucket(Long accepted, long delivered, long failed, Instant start) {

    /** From JSON members, those that are not known passed over. */
    public static OrganizationBucket from(Map<String, Object> members) {
        return new OrganizationBucket(Members.longOrNull(members, "accepted"),
            Members.long_(members, "delivered"),
            Members.long_(members, "failed"),
            Members.instant(members, "start"));
    }

}
