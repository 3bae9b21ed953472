// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OrganizationStatistics(Long accepted, List<OrganizationBucket> buckets, long delivered, long exhausted, long failed, List<FailingEndpoint> failingEndpoints, OldestDue oldestDue, String range, Instant since) {

    /** From JSON members, those that are not known passed over. */
    public static OrganizationStatistics from(Map<String, Object> members) {
        return new OrganizationStatistics(Members.longOrNull(members, "accepted"),
            Members.list(members, "buckets", value -> OrganizationBucket.from(Members.toObject(value))),
            Members.long_(members, "delivered"),
            Members.long_(members, "exhausted"),
            Members.long_(members, "failed"),
            Members.list(members, "failing_endpoints", value -> FailingEndpoint.from(Members.toObject(value))),
            Members.object(members, "oldest_due", OldestDue::from),
            Members.string(members, "range"),
            Members.instant(members, "since"));
    }

}
