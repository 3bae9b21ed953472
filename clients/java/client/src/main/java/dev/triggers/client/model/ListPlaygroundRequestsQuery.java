// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listPlaygroundRequests. */
public final class ListPlaygroundRequestsQuery extends Fields {

    private ListPlaygroundRequestsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListPlaygroundRequestsQuery of() {
        return new ListPlaygroundRequestsQuery(Map.of());
    }

    public ListPlaygroundRequestsQuery limit(Number limit) {
        return new ListPlaygroundRequestsQuery(with("limit", limit));
    }

    public ListPlaygroundRequestsQuery cursor(String cursor) {
        return new ListPlaygroundRequestsQuery(with("cursor", cursor));
    }

}
