// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listWebhooks. */
public final class ListWebhooksQuery extends Fields {

    private ListWebhooksQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListWebhooksQuery of() {
        return new ListWebhooksQuery(Map.of());
    }

    public ListWebhooksQuery limit(Number limit) {
        return new ListWebhooksQuery(with("limit", limit));
    }

    public ListWebhooksQuery cursor(String cursor) {
        return new ListWebhooksQuery(with("cursor", cursor));
    }

}
