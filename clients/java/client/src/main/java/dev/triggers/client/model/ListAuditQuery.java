// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of listAudit. */
public final class ListAuditQuery extends Fields {

    private ListAuditQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListAuditQuery of() {
        return new ListAuditQuery(Map.of());
    }

    public ListAuditQuery action(String action) {
        return new ListAuditQuery(with("action", action));
    }

    public ListAuditQuery target(String target) {
        return new ListAuditQuery(with("target", target));
    }

    public ListAuditQuery since(Instant since) {
        return new ListAuditQuery(with("since", since));
    }

    public ListAuditQuery until(Instant until) {
        return new ListAuditQuery(with("until", until));
    }

    public ListAuditQuery limit(Number limit) {
        return new ListAuditQuery(with("limit", limit));
    }

    public ListAuditQuery cursor(String cursor) {
        return new ListAuditQuery(with("cursor", cursor));
    }

}
