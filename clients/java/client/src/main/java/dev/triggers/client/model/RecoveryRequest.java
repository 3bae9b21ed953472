// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description. */
public final class RecoveryRequest extends Fields {

    private RecoveryRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static RecoveryRequest of(Instant since) {
        return new RecoveryRequest(Map.of()).since(since);
    }

    public RecoveryRequest since(Instant since) {
        return new RecoveryRequest(with("since", since));
    }

}
