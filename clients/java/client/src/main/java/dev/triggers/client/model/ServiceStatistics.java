// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ServiceStatistics(List<OrganizationBacklog> backlog, long circuitsOpen, List<KeptDay> days, long instances, Instant oldestDueAt, long openDeliveries, long organizations, List<String> versions) {

    /** From JSON members, those that are not known passed over. */
    public static ServiceStatistics from(Map<String, Object> members) {
        return new ServiceStatistics(Members.list(members, "backlog", value -> OrganizationBacklog.from(Members.toObject(value))),
            Members.long_(members, "circuits_open"),
            Members.list(members, "days", value -> KeptDay.from(Members.toObject(value))),
            Members.long_(members, "instances"),
            Members.instant(members, "oldest_due_at"),
            Members.long_(members, "open_deliveries"),
            Members.long_(members, "organizations"),
            Members.list(members, "versions", Members::toString));
    }

}
