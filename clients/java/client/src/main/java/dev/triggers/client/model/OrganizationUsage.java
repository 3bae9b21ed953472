// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record OrganizationUsage(String organizationId, UsageTotals totals) {

    /** From JSON members, those that are not known passed over. */
    public static OrganizationUsage from(Map<String, Object> members) {
        return new OrganizationUsage(Members.string(members, "organization_id"),
            Members.object(members, "totals", UsageTotals::from));
    }

}
