// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record FilterTrialEvent(Instant createdAt, String id, String type) {

    /** From JSON members, those that are not known passed over. */
    public static FilterTrialEvent from(Map<String, Object> members) {
        return new FilterTrialEvent(Members.instant(members, "created_at"),
            Members.string(members, "id"),
            Members.string(members, "type"));
    }

}
