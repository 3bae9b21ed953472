// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class FilterTrial extends Fields {

    private FilterTrial(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static FilterTrial of() {
        return new FilterTrial(Map.of());
    }

    public FilterTrial eventTypes(List<String> eventTypes) {
        return new FilterTrial(with("event_types", eventTypes));
    }

    public FilterTrial limit(Number limit) {
        return new FilterTrial(with("limit", limit));
    }

}
