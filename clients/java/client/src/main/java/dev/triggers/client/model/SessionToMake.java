// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class SessionToMake extends Fields {

    private SessionToMake(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static SessionToMake of() {
        return new SessionToMake(Map.of());
    }

    public SessionToMake endpointIds(List<String> endpointIds) {
        return new SessionToMake(with("endpoint_ids", endpointIds));
    }

    public SessionToMake expiresIn(Number expiresIn) {
        return new SessionToMake(with("expires_in", expiresIn));
    }

    public SessionToMake returnUrl(String returnUrl) {
        return new SessionToMake(with("return_url", returnUrl));
    }

    public SessionToMake scopes(List<String> scopes) {
        return new SessionToMake(with("scopes", scopes));
    }

    public SessionToMake types(List<String> types) {
        return new SessionToMake(with("types", types));
    }

}
