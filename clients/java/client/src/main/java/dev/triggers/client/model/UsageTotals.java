// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record UsageTotals(long accepted, long attempts, long bytes, long dead, long delivered, long duplicates, long reads, long rejected) {

    /** From JSON members, those that are not known passed over. */
    public static UsageTotals from(Map<String, Object> members) {
        return new UsageTotals(Members.long_(members, "accepted"),
            Members.long_(members, "attempts"),
            Members.long_(members, "bytes"),
            Members.long_(members, "dead"),
            Members.long_(members, "delivered"),
            Members.long_(members, "duplicates"),
            Members.long_(members, "reads"),
            Members.long_(members, "rejected"));
    }

}
