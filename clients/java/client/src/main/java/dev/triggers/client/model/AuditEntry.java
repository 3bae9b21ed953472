// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AuditEntry(String action, String actor, String address, Map<String, Object> after, Instant at, Map<String, Object> before, String id, String keyId, String keyName, String organizationId, String requestId, String target) {

    /** From JSON members, those that are not known passed over. */
    public static AuditEntry from(Map<String, Object> members) {
        return new AuditEntry(Members.string(members, "action"),
            Members.string(members, "actor"),
            Members.string(members, "address"),
            Members.map(members, "after", value -> value),
            Members.instant(members, "at"),
            Members.map(members, "before", value -> value),
            Members.string(members, "id"),
            Members.string(members, "key_id"),
            Members.string(members, "key_name"),
            Members.string(members, "organization_id"),
            Members.string(members, "request_id"),
            Members.string(members, "target"));
    }

}
