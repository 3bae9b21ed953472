// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class LeaseExtension extends Fields {

    private LeaseExtension(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static LeaseExtension of(String leaseId, long leaseSeconds) {
        return new LeaseExtension(Map.of()).leaseId(leaseId).leaseSeconds(leaseSeconds);
    }

    public LeaseExtension leaseId(String leaseId) {
        return new LeaseExtension(with("lease_id", leaseId));
    }

    public LeaseExtension leaseSeconds(Number leaseSeconds) {
        return new LeaseExtension(with("lease_seconds", leaseSeconds));
    }

}
