// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record FailingEndpoint(String circuit, long consecutiveFailures, String disabledReason, boolean enabled, String endpointId, Instant failingSince) {

    /** From JSON members, those that are not known passed over. */
    public static FailingEndpoint from(Map<String, Object> members) {
        return new FailingEndpoint(Members.string(members, "circuit"),
            Members.long_(members, "consecutive_failures"),
            Members.string(members, "disabled_reason"),
            Members.boolean_(members, "enabled"),
            Members.string(members, "endpoint_id"),
            Members.instant(members, "failing_since"));
    }

}
