// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class LeaseRelease extends Fields {

    private LeaseRelease(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static LeaseRelease of() {
        return new LeaseRelease(Map.of());
    }

    public LeaseRelease delaySeconds(Number delaySeconds) {
        return new LeaseRelease(with("delay_seconds", delaySeconds));
    }

    public LeaseRelease eventIds(List<String> eventIds) {
        return new LeaseRelease(with("event_ids", eventIds));
    }

    public LeaseRelease leaseId(String leaseId) {
        return new LeaseRelease(with("lease_id", leaseId));
    }

}
