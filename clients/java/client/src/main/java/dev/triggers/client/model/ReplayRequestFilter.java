// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description. */
public final class ReplayRequestFilter extends Fields {

    private ReplayRequestFilter(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ReplayRequestFilter of(Instant since) {
        return new ReplayRequestFilter(Map.of()).since(since);
    }

    public ReplayRequestFilter endpointId(String endpointId) {
        return new ReplayRequestFilter(with("endpoint_id", endpointId));
    }

    public ReplayRequestFilter errorCode(String errorCode) {
        return new ReplayRequestFilter(with("error_code", errorCode));
    }

    public ReplayRequestFilter outcome(String outcome) {
        return new ReplayRequestFilter(with("outcome", outcome));
    }

    public ReplayRequestFilter since(Instant since) {
        return new ReplayRequestFilter(with("since", since));
    }

    public ReplayRequestFilter type(String type) {
        return new ReplayRequestFilter(with("type", type));
    }

    public ReplayRequestFilter until(Instant until) {
        return new ReplayRequestFilter(with("until", until));
    }

}
