// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listEventTypes. */
public final class ListEventTypesQuery extends Fields {

    private ListEventTypesQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListEventTypesQuery of() {
        return new ListEventTypesQuery(Map.of());
    }

    public ListEventTypesQuery cursor(String cursor) {
        return new ListEventTypesQuery(with("cursor", cursor));
    }

    public ListEventTypesQuery limit(Number limit) {
        return new ListEventTypesQuery(with("limit", limit));
    }

}
