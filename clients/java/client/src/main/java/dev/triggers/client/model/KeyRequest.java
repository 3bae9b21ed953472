// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class KeyRequest extends Fields {

    private KeyRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static KeyRequest of(String organizationName) {
        return new KeyRequest(Map.of()).organizationName(organizationName);
    }

    public KeyRequest organizationName(String organizationName) {
        return new KeyRequest(with("organization_name", organizationName));
    }

    public KeyRequest tier(String tier) {
        return new KeyRequest(with("tier", tier));
    }

}
