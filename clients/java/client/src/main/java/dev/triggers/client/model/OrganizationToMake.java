// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class OrganizationToMake extends Fields {

    private OrganizationToMake(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static OrganizationToMake of(String name, String tier) {
        return new OrganizationToMake(Map.of()).name(name).tier(tier);
    }

    public OrganizationToMake externalId(String externalId) {
        return new OrganizationToMake(with("external_id", externalId));
    }

    public OrganizationToMake metadata(Map<String, String> metadata) {
        return new OrganizationToMake(with("metadata", metadata));
    }

    public OrganizationToMake name(String name) {
        return new OrganizationToMake(with("name", name));
    }

    public OrganizationToMake tier(String tier) {
        return new OrganizationToMake(with("tier", tier));
    }

}
