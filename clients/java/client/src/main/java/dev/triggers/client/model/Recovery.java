// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Recovery(String endpointId, Instant finishedAt, String id, Instant requestedAt, long requeued, Instant since, String status) {

    /** From JSON members, those that are not known passed over. */
    public static Recovery from(Map<String, Object> members) {
        return new Recovery(Members.string(members, "endpoint_id"),
            Members.instant(members, "finished_at"),
            Members.string(members, "id"),
            Members.instant(members, "requested_at"),
            Members.long_(members, "requeued"),
            Members.instant(members, "since"),
            Members.string(members, "status"));
    }

}
