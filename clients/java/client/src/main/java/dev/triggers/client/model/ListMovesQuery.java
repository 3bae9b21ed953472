// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listMoves. */
public final class ListMovesQuery extends Fields {

    private ListMovesQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListMovesQuery of() {
        return new ListMovesQuery(Map.of());
    }

    public ListMovesQuery limit(Number limit) {
        return new ListMovesQuery(with("limit", limit));
    }

    public ListMovesQuery cursor(String cursor) {
        return new ListMovesQuery(with("cursor", cursor));
    }

}
