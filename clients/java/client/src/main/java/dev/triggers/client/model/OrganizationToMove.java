// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class OrganizationToMove extends Fields {

    private OrganizationToMove(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static OrganizationToMove of(String organizationId, String to) {
        return new OrganizationToMove(Map.of()).organizationId(organizationId).to(to);
    }

    public OrganizationToMove organizationId(String organizationId) {
        return new OrganizationToMove(with("organization_id", organizationId));
    }

    public OrganizationToMove to(String to) {
        return new OrganizationToMove(with("to", to));
    }

}
