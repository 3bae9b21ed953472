// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class SessionExchange extends Fields {

    private SessionExchange(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static SessionExchange of(String token) {
        return new SessionExchange(Map.of()).token(token);
    }

    public SessionExchange token(String token) {
        return new SessionExchange(with("token", token));
    }

}
