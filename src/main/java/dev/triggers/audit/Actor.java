package dev.triggers.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param kind key, session, operator, anybody or service
 * @param keyId the public half of the key or session
 * @param address where the request came from
 * @param requestId the request
 */
public record Actor(String kind, @Nullable String keyId, @Nullable String address, @Nullable String requestId) {

    /** The service by itself, without a request. */
    public static final Actor SERVICE = new Actor("service", null, null, null);

}
