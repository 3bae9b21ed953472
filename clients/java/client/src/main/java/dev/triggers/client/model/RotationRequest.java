// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class RotationRequest extends Fields {

    private RotationRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static RotationRequest of() {
        return new RotationRequest(Map.of());
    }

    public RotationRequest gracePeriodSeconds(Number gracePeriodSeconds) {
        return new RotationRequest(with("grace_period_seconds", gracePeriodSeconds));
    }

}
