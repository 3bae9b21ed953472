package dev.triggers.web;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Until when a request must be answered. Whatever waits for the database on behalf of a
 * client waits no longer: a client hears of a database that is away within three seconds.
 */
public final class RequestDeadline {

    private static final String ATTRIBUTE = RequestDeadline.class.getName();

    /** Leaves time to write the answer. */
    private static final long NANOS = Duration.ofMillis(2_700).toNanos();

    private final long nanoTime;

    private RequestDeadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Starts the clock, on arrival.
     */
    static void start(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, new RequestDeadline(System.nanoTime() + NANOS));
    }

    /**
     * Takes out the time that the body took to arrive, which is the client's.
     */
    static void extend(HttpServletRequest request, long nanos) {
        request.setAttribute(ATTRIBUTE, new RequestDeadline(System.nanoTime() + remainingNanos(request) + nanos));
    }

    /**
     * The nanoseconds left, none or less when it is too late.
     */
    public static long remainingNanos(HttpServletRequest request) {
        return (request.getAttribute(ATTRIBUTE) instanceof RequestDeadline deadline)
                ? deadline.nanoTime - System.nanoTime() : NANOS;
    }

}
