// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ReplayFilter(String endpointId, String errorCode, String outcome, Instant since, String type, Instant until) {

    /** From JSON members, those that are not known passed over. */
    public static ReplayFilter from(Map<String, Object> members) {
        return new ReplayFilter(Members.string(members, "endpoint_id"),
            Members.string(members, "error_code"),
            Members.string(members, "outcome"),
            Members.instant(members, "since"),
            Members.string(members, "type"),
            Members.instant(members, "until"));
    }

}
