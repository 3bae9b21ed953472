// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class ConsumerPosition extends Fields {

    private ConsumerPosition(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ConsumerPosition of(String cursor) {
        return new ConsumerPosition(Map.of()).cursor(cursor);
    }

    public ConsumerPosition cursor(String cursor) {
        return new ConsumerPosition(with("cursor", cursor));
    }

    public ConsumerPosition ifCursor(String ifCursor) {
        return new ConsumerPosition(with("if_cursor", ifCursor));
    }

}
