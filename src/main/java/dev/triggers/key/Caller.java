package dev.triggers.key;

import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The organization on whose behalf an authenticated request runs. Controllers take it as
 * a parameter.
 *
 * @param organizationId the organization
 * @param organizationName its name
 * @param tier its tier, which sets the rate limit
 * @param keyId the public half of the key that was presented
 * @param access what the key gives
 * @param suspended whether its organization is, and may only read
 */
public record Caller(UUID organizationId, String organizationName, String tier, String keyId, Access access,
        boolean suspended) implements Authentication {

    private static final String ATTRIBUTE = Caller.class.getName();

    /**
     * The caller that the authentication filter left on the request.
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("The request was not authenticated");
    }

    /**
     * The caller that the authentication filter left on the request; null if none.
     */
    static @Nullable Caller find(HttpServletRequest request) {
        return (request.getAttribute(ATTRIBUTE) instanceof Caller caller) ? caller : null;
    }

    /**
     * Whether the request was authenticated.
     */
    public static boolean isAttachedTo(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /**
     * The event types that the key may see, post and acknowledge. An operation that is
     * open to restricted keys applies them; to any other they are every type.
     */
    public EventTypes types() {
        return this.access.types();
    }

    /**
     * The endpoints that the key may see and change, with their attempts and deliveries.
     */
    public OwnEndpoints endpoints() {
        return this.access.endpoints();
    }

    /** Whether it is a portal's session that calls, not a key. */
    public boolean isSession() {
        return ApiKey.isSession(this.keyId);
    }

    /**
     * Checks a scope that an operation needs only sometimes; what it always needs, it
     * declares by {@link Requires}.
     * @throws dev.triggers.web.ProblemException 403 that names what is missing
     */
    public void require(Scope scope) {
        if (!this.access.scopes().has(scope)) {
            throw ScopeCheck.missing(Scopes.of(scope));
        }
    }

    /**
     * Checks that the organization is not suspended, where an operation writes only
     * sometimes; one that always does is checked without being asked.
     * @throws dev.triggers.web.ProblemException 403
     */
    public void requireActive() {
        if (this.suspended) {
            throw ScopeCheck.suspended();
        }
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

}
