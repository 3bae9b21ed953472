package dev.triggers.key;

import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The organization on whose behalf an authenticated request runs. Controllers take it as
 * a parameter.
 *
 * @param organizationId the organization
 * @param organizationName its name
 * @param tier its tier, which sets the rate limit
 * @param keyId the public half of the key that was presented
 */
public record Caller(UUID organizationId, String organizationName, String tier,
        String keyId) implements Authentication {

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
     * Whether the request was authenticated.
     */
    public static boolean isAttachedTo(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

}
