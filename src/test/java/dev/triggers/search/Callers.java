package dev.triggers.search;

import java.util.UUID;

import dev.triggers.key.Access;
import dev.triggers.key.Caller;

/**
 * Callers as they come from a request.
 */
final class Callers {

    private Callers() {
    }

    static Caller of(UUID organizationId) {
        return new Caller(organizationId, "Test", "free", "0", Access.FULL, false);
    }

}
