// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of listAttempts. */
public final class ListAttemptsQuery extends Fields {

    private ListAttemptsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListAttemptsQuery of() {
        return new ListAttemptsQuery(Map.of());
    }

    public ListAttemptsQuery outcome(String outcome) {
        return new ListAttemptsQuery(with("outcome", outcome));
    }

    public ListAttemptsQuery since(Instant since) {
        return new ListAttemptsQuery(with("since", since));
    }

    public ListAttemptsQuery cursor(String cursor) {
        return new ListAttemptsQuery(with("cursor", cursor));
    }

    public ListAttemptsQuery limit(Number limit) {
        return new ListAttemptsQuery(with("limit", limit));
    }

}
