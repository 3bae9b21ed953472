// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listLeases. */
public final class ListLeasesQuery extends Fields {

    private ListLeasesQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListLeasesQuery of() {
        return new ListLeasesQuery(Map.of());
    }

    public ListLeasesQuery limit(Number limit) {
        return new ListLeasesQuery(with("limit", limit));
    }

    public ListLeasesQuery cursor(String cursor) {
        return new ListLeasesQuery(with("cursor", cursor));
    }

}
