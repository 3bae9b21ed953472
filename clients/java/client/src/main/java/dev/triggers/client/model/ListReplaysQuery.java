// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listReplays. */
public final class ListReplaysQuery extends Fields {

    private ListReplaysQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListReplaysQuery of() {
        return new ListReplaysQuery(Map.of());
    }

    public ListReplaysQuery limit(Number limit) {
        return new ListReplaysQuery(with("limit", limit));
    }

    public ListReplaysQuery cursor(String cursor) {
        return new ListReplaysQuery(with("cursor", cursor));
    }

}
