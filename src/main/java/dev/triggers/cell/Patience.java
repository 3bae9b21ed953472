package dev.triggers.cell;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How long the head of another cell's answer may take: what is asked for at once comes
 * within the three seconds in which a cell answers, whatever its database does.
 */
final class Patience {

    static final Duration USUAL = Duration.ofMillis(3_500);

    /** The longest wait that a client may ask for, or make a receiver take. */
    static final Duration LONG = Duration.ofSeconds(35);

    private Patience() {
    }

    static Duration of(HttpServletRequest request) {
        return mayWait(request) ? LONG : USUAL;
    }

    /** Whether the answer may be long in coming though all is well. */
    static boolean mayWait(HttpServletRequest request) {
        String path = request.getServletPath();
        String query = request.getQueryString();
        return (query != null && query.contains("wait=")) || path.equals("/api/inbox/lease")
                || path.startsWith("/play/") || path.endsWith("/test");
    }

    /** Whether the answer has no end. */
    static boolean isStream(HttpServletRequest request) {
        return request.getServletPath().equals("/api/stream");
    }

}
