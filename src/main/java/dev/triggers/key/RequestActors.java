package dev.triggers.key;

import java.net.InetAddress;

import dev.triggers.audit.Actor;
import dev.triggers.audit.Actors;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who made the request that the current thread works for.
 */
@Component
final class RequestActors implements Actors {

    private final ClientAddress addresses;

    RequestActors(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Override
    public Actor current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return Actor.SERVICE;
        }
        HttpServletRequest request = attributes.getRequest();
        Caller caller = Caller.find(request);
        String keyId = (caller != null) ? caller.keyId() : null;
        return new Actor(kind(caller, request), keyId, address(request), MDC.get("request_id"));
    }

    private static String kind(@Nullable Caller caller, HttpServletRequest request) {
        if (caller != null) {
            return caller.isSession() ? "session" : "key";
        }
        // Whoever presents a wrong one has been refused
        return (request.getHeader("X-Admin-Token") != null) ? "operator" : "anybody";
    }

    /** Only what the database can hold as one. */
    private @Nullable String address(HttpServletRequest request) {
        String address = this.addresses.of(request);
        int slash = address.indexOf('/');
        InetAddress literal = Network.literal((slash < 0) ? address : address.substring(0, slash));
        return (literal != null) ? address.replaceFirst("%[^/]*", "") : null;
    }

}
