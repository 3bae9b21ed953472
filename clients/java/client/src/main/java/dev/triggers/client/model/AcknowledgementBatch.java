// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class AcknowledgementBatch extends Fields {

    private AcknowledgementBatch(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static AcknowledgementBatch of(List<String> eventIds) {
        return new AcknowledgementBatch(Map.of()).eventIds(eventIds);
    }

    public AcknowledgementBatch eventIds(List<String> eventIds) {
        return new AcknowledgementBatch(with("event_ids", eventIds));
    }

}
