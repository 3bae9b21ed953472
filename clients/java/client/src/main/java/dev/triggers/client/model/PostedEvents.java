// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class PostedEvents extends Fields {

    private PostedEvents(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static PostedEvents of(List<PostedEvent> events) {
        return new PostedEvents(Map.of()).events(events);
    }

    public PostedEvents events(List<PostedEvent> events) {
        return new PostedEvents(with("events", events));
    }

}
