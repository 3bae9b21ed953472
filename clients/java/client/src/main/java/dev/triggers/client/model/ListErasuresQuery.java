// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listErasures. */
public final class ListErasuresQuery extends Fields {

    private ListErasuresQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListErasuresQuery of() {
        return new ListErasuresQuery(Map.of());
    }

    public ListErasuresQuery limit(Number limit) {
        return new ListErasuresQuery(with("limit", limit));
    }

    public ListErasuresQuery cursor(String cursor) {
        return new ListErasuresQuery(with("cursor", cursor));
    }

}
