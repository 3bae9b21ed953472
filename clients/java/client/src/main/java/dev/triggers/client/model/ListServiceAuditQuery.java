// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of listServiceAudit. */
public final class ListServiceAuditQuery extends Fields {

    private ListServiceAuditQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListServiceAuditQuery of() {
        return new ListServiceAuditQuery(Map.of());
    }

    public ListServiceAuditQuery organizationId(String organizationId) {
        return new ListServiceAuditQuery(with("organization_id", organizationId));
    }

    public ListServiceAuditQuery action(String action) {
        return new ListServiceAuditQuery(with("action", action));
    }

    public ListServiceAuditQuery target(String target) {
        return new ListServiceAuditQuery(with("target", target));
    }

    public ListServiceAuditQuery since(Instant since) {
        return new ListServiceAuditQuery(with("since", since));
    }

    public ListServiceAuditQuery until(Instant until) {
        return new ListServiceAuditQuery(with("until", until));
    }

    public ListServiceAuditQuery limit(Number limit) {
        return new ListServiceAuditQuery(with("limit", limit));
    }

    public ListServiceAuditQuery cursor(String cursor) {
        return new ListServiceAuditQuery(with("cursor", cursor));
    }

}
