// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class KeyToMake extends Fields {

    private KeyToMake(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static KeyToMake of(String name) {
        return new KeyToMake(Map.of()).name(name);
    }

    public KeyToMake endpointIds(List<String> endpointIds) {
        return new KeyToMake(with("endpoint_ids", endpointIds));
    }

    public KeyToMake expiresAt(Instant expiresAt) {
        return new KeyToMake(with("expires_at", expiresAt));
    }

    public KeyToMake expiresIn(Number expiresIn) {
        return new KeyToMake(with("expires_in", expiresIn));
    }

    public KeyToMake name(String name) {
        return new KeyToMake(with("name", name));
    }

    public KeyToMake scopes(List<String> scopes) {
        return new KeyToMake(with("scopes", scopes));
    }

    public KeyToMake types(List<String> types) {
        return new KeyToMake(with("types", types));
    }

}
