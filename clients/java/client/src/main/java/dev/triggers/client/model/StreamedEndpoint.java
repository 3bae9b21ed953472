// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record StreamedEndpoint(boolean deleted, String disabledReason, boolean enabled, String endpointId, StreamedEndpointHealth health, String id, Instant updatedAt) {

    /** From JSON members, those that are not known passed over. */
    public static StreamedEndpoint from(Map<String, Object> members) {
        return new StreamedEndpoint(Members.boolean_(members, "deleted"),
            Members.string(members, "disabled_reason"),
            Members.boolean_(members, "enabled"),
            Members.string(members, "endpoint_id"),
            Members.object(members, "health", StreamedEndpointHealth::from),
            Members.string(members, "id"),
            Members.instant(members, "updated_at"));
    }

}
