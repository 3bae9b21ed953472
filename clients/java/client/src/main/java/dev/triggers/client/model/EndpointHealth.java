// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record EndpointHealth(String circuit, long consecutiveFailures, Instant failingSince, Instant heldUntil, Instant openUntil) {

    /** From JSON members, those that are not known passed over. */
    public static EndpointHealth from(Map<String, Object> members) {
        return new EndpointHealth(Members.string(members, "circuit"),
            Members.long_(members, "consecutive_failures"),
            Members.instant(members, "failing_since"),
            Members.instant(members, "held_until"),
            Members.instant(members, "open_until"));
    }

}
