// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record LeasedEvents(long count, List<LeasedItem> events, String leaseId, Instant leasedUntil) {

    /** From JSON members, those that are not known passed over. */
    public static LeasedEvents from(Map<String, Object> members) {
        return new LeasedEvents(Members.long_(members, "count"),
            Members.list(members, "events", value -> LeasedItem.from(Members.toObject(value))),
            Members.string(members, "lease_id"),
            Members.instant(members, "leased_until"));
    }

}
