// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of listUsage. */
public final class ListUsageQuery extends Fields {

    private ListUsageQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListUsageQuery of() {
        return new ListUsageQuery(Map.of());
    }

    public ListUsageQuery from_(Instant from_) {
        return new ListUsageQuery(with("from", from_));
    }

    public ListUsageQuery to(Instant to) {
        return new ListUsageQuery(with("to", to));
    }

    public ListUsageQuery step(String step) {
        return new ListUsageQuery(with("step", step));
    }

    public ListUsageQuery organizationId(String organizationId) {
        return new ListUsageQuery(with("organization_id", organizationId));
    }

    public ListUsageQuery limit(Number limit) {
        return new ListUsageQuery(with("limit", limit));
    }

    public ListUsageQuery cursor(String cursor) {
        return new ListUsageQuery(with("cursor", cursor));
    }

}
