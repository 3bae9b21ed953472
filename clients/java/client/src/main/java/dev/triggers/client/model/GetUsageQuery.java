// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of getUsage. */
public final class GetUsageQuery extends Fields {

    private GetUsageQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static GetUsageQuery of() {
        return new GetUsageQuery(Map.of());
    }

    public GetUsageQuery from_(Instant from_) {
        return new GetUsageQuery(with("from", from_));
    }

    public GetUsageQuery to(Instant to) {
        return new GetUsageQuery(with("to", to));
    }

    public GetUsageQuery step(String step) {
        return new GetUsageQuery(with("step", step));
    }

}
