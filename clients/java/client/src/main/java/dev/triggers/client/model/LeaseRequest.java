// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class LeaseRequest extends Fields {

    private LeaseRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static LeaseRequest of() {
        return new LeaseRequest(Map.of());
    }

    public LeaseRequest consumer(String consumer) {
        return new LeaseRequest(with("consumer", consumer));
    }

    public LeaseRequest leaseSeconds(Number leaseSeconds) {
        return new LeaseRequest(with("lease_seconds", leaseSeconds));
    }

    public LeaseRequest limit(Number limit) {
        return new LeaseRequest(with("limit", limit));
    }

    public LeaseRequest maxReceives(Number maxReceives) {
        return new LeaseRequest(with("max_receives", maxReceives));
    }

    public LeaseRequest type(String type) {
        return new LeaseRequest(with("type", type));
    }

    public LeaseRequest wait_(Number wait_) {
        return new LeaseRequest(with("wait", wait_));
    }

}
