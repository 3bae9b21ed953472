// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class KeyChange extends Fields {

    private KeyChange(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static KeyChange of() {
        return new KeyChange(Map.of());
    }

    public KeyChange name(String name) {
        return new KeyChange(with("name", name));
    }

    public KeyChange scopes(List<String> scopes) {
        return new KeyChange(with("scopes", scopes));
    }

}
