// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listOrganizations. */
public final class ListOrganizationsQuery extends Fields {

    private ListOrganizationsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListOrganizationsQuery of() {
        return new ListOrganizationsQuery(Map.of());
    }

    public ListOrganizationsQuery q(String q) {
        return new ListOrganizationsQuery(with("q", q));
    }

    public ListOrganizationsQuery externalId(String externalId) {
        return new ListOrganizationsQuery(with("external_id", externalId));
    }

    public ListOrganizationsQuery tier(String tier) {
        return new ListOrganizationsQuery(with("tier", tier));
    }

    public ListOrganizationsQuery state(String state) {
        return new ListOrganizationsQuery(with("state", state));
    }

    public ListOrganizationsQuery limit(Number limit) {
        return new ListOrganizationsQuery(with("limit", limit));
    }

    public ListOrganizationsQuery cursor(String cursor) {
        return new ListOrganizationsQuery(with("cursor", cursor));
    }

}
