// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OrganizationBacklog(String name, long openDeliveries, String organizationId) {

    /** From JSON members, those that are not known passed over. */
    public static OrganizationBacklog from(Map<String, Object> members) {
        return new OrganizationBacklog(Members.string(members, "name"),
            Members.long_(members, "open_deliveries"),
            Members.string(members, "organization_id"));
    }

}
