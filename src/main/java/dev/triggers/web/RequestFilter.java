package dev.triggers.web;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import dev.triggers.trace.Tracing;
import dev.triggers.trace.Tracing.RequestSpan;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The first and the last thing that happens to a request: it gets its id, by which client
 * and log speak of it, its deadline and its measurement.
 */
final class RequestFilter implements Filter {

    static final String REQUEST_ID = "X-Request-ID";

    private static final int LONGEST_ID = 128;

    private final Connections connections;

    private final BodyBudget bodies;

    private final RequestMetrics metrics;

    private final ProblemWriter problems;

    private final @Nullable Tracing tracing;

    RequestFilter(Connections connections, BodyBudget bodies, RequestMetrics metrics, ProblemWriter problems,
            @Nullable Tracing tracing) {
        this.connections = connections;
        this.bodies = bodies;
        this.metrics = metrics;
        this.problems = problems;
        this.tracing = tracing;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        long started = System.nanoTime();
        RequestDeadline.start(request);
        String id = id(request.getHeader(REQUEST_ID));
        response.setHeader(REQUEST_ID, id);
        boolean api = request.getServletPath().startsWith("/api/");
        if (api) {
            // Answers hold keys, secrets and events, and are what they say they are
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
        }
        if (this.connections.areUsedUp()) {
            response.setHeader("Connection", "close");
        }
        MDC.put("request_id", id);
        RequestSpan span = (this.tracing != null && api) ? RequestTrace.begin(this.tracing, request) : null;
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            if (RequestPlaces.isRefused() && api) {
                this.problems.write(request, response, ProblemException
                    .unavailable("More requests are under way than the service takes", Duration.ofSeconds(1)));
            }
            else {
                chain.doFilter(request, response);
            }
            status = response.getStatus();
        }
        finally {
            this.bodies.release(request);
            this.metrics.record(request, status, System.nanoTime() - started);
            if (span != null) {
                RequestTrace.end(span, request, status);
            }
            MDC.clear();
        }
    }

    /**
     * The client's id, if headers and logs can hold it, else a new one.
     */
    static String id(@Nullable String given) {
        if (given == null || given.isEmpty() || given.length() > LONGEST_ID) {
            return newId();
        }
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c < ' ' || c > '~') {
                return newId();
            }
        }
        return given;
    }

    private static String newId() {
        // An id for finding a line in a log needs no secure randomness, which costs more.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE)
            .toString();
    }

}
