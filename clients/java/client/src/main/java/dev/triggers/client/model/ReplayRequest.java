// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class ReplayRequest extends Fields {

    private ReplayRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ReplayRequest of(ReplayRequestFilter filter) {
        return new ReplayRequest(Map.of()).filter(filter);
    }

    public ReplayRequest again(Boolean again) {
        return new ReplayRequest(with("again", again));
    }

    public ReplayRequest dryRun(Boolean dryRun) {
        return new ReplayRequest(with("dry_run", dryRun));
    }

    public ReplayRequest filter(ReplayRequestFilter filter) {
        return new ReplayRequest(with("filter", filter));
    }

    public ReplayRequest ratePerSecond(Number ratePerSecond) {
        return new ReplayRequest(with("rate_per_second", ratePerSecond));
    }

    public ReplayRequest toEndpointId(String toEndpointId) {
        return new ReplayRequest(with("to_endpoint_id", toEndpointId));
    }

}
