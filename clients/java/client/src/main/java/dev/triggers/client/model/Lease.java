// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Lease(String consumer, long count, String leaseId, Instant leasedUntil) {

    /** From JSON members, those that are not known passed over. */
    public static Lease from(Map<String, Object> members) {
        return new Lease(Members.string(members, "consumer"),
            Members.long_(members, "count"),
            Members.string(members, "lease_id"),
            Members.instant(members, "leased_until"));
    }

}
