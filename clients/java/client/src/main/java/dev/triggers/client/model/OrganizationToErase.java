// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class OrganizationToErase extends Fields {

    private OrganizationToErase(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static OrganizationToErase of(String confirmName, String organizationId) {
        return new OrganizationToErase(Map.of()).confirmName(confirmName).organizationId(organizationId);
    }

    public OrganizationToErase confirmName(String confirmName) {
        return new OrganizationToErase(with("confirm_name", confirmName));
    }

    public OrganizationToErase organizationId(String organizationId) {
        return new OrganizationToErase(with("organization_id", organizationId));
    }

}
