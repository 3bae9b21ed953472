// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record LeaseReleased(Instant delayedUntil, long released) {

    /** From JSON members, those that are not known passed over. */
    public static LeaseReleased from(Map<String, Object> members) {
        return new LeaseReleased(Members.instant(members, "delayed_until"),
            Members.long_(members, "released"));
    }

}
