// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class OrganizationChange extends Fields {

    private OrganizationChange(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static OrganizationChange of() {
        return new OrganizationChange(Map.of());
    }

    public OrganizationChange metadata(Map<String, String> metadata) {
        return new OrganizationChange(with("metadata", metadata));
    }

    public OrganizationChange name(String name) {
        return new OrganizationChange(with("name", name));
    }

    public OrganizationChange suspended(Boolean suspended) {
        return new OrganizationChange(with("suspended", suspended));
    }

    public OrganizationChange tier(String tier) {
        return new OrganizationChange(with("tier", tier));
    }

}
