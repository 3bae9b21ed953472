// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** Of the OpenAPI description. */
public final class PostedEvent extends Fields {

    private PostedEvent(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static PostedEvent of(Object payload, String type) {
        return new PostedEvent(Map.of()).payload(payload).type(type);
    }

    public PostedEvent dedupId(String dedupId) {
        return new PostedEvent(with("dedup_id", dedupId));
    }

    public PostedEvent deliverAt(Instant deliverAt) {
        return new PostedEvent(with("deliver_at", deliverAt));
    }

    public PostedEvent payload(Object payload) {
        return new PostedEvent(with("payload", payload));
    }

    public PostedEvent type(String type) {
        return new PostedEvent(with("type", type));
    }

}
