// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record FilterTrialPage(long count, List<FilterTrialEvent> events, boolean hasMore, Instant searchedUntil) {

    /** From JSON members, those that are not known passed over. */
    public static FilterTrialPage from(Map<String, Object> members) {
        return new FilterTrialPage(Members.long_(members, "count"),
            Members.list(members, "events", value -> FilterTrialEvent.from(Members.toObject(value))),
            Members.boolean_(members, "has_more"),
            Members.instant(members, "searched_until"));
    }

}
