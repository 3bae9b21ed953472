// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of searchEvents. */
public final class SearchEventsQuery extends Fields {

    private SearchEventsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static SearchEventsQuery of(String q) {
        return new SearchEventsQuery(Map.of()).q(q);
    }

    public SearchEventsQuery q(String q) {
        return new SearchEventsQuery(with("q", q));
    }

    public SearchEventsQuery cursor(String cursor) {
        return new SearchEventsQuery(with("cursor", cursor));
    }

    public SearchEventsQuery limit(Number limit) {
        return new SearchEventsQuery(with("limit", limit));
    }

}
