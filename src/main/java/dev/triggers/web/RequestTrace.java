package dev.triggers.web;

import java.util.Collections;

import dev.triggers.trace.TraceContext;
import dev.triggers.trace.TracedLog;
import dev.triggers.trace.Tracing;
import dev.triggers.trace.Tracing.RequestSpan;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A request as a span of its client's trace.
 */
public final class RequestTrace {

    private static final String ATTRIBUTE = RequestTrace.class.getName();

    private static final String PARENT = "traceparent";

    private static final String STATE = "tracestate";

    private RequestTrace() {
    }

    static RequestSpan begin(Tracing tracing, HttpServletRequest request) {
        RequestSpan span = tracing.request(request.getMethod(), request.getRequestURI(), client(request));
        TraceContext context = span.context();
        if (context != null) {
            request.setAttribute(ATTRIBUTE, context);
            TracedLog.begin(context);
        }
        return span;
    }

    private static @Nullable TraceContext client(HttpServletRequest request) {
        if (request.getHeader(PARENT) == null) {
            return null;
        }
        return TraceContext.parse(Collections.list(request.getHeaders(PARENT)),
                Collections.list(request.getHeaders(STATE)));
    }

    static void end(RequestSpan span, HttpServletRequest request, int status) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        span.end(status, (route instanceof String path && !path.equals("/**")) ? path : null);
    }

    /**
     * The context that what follows from a request belongs to; null if it has none.
     */
    public static @Nullable TraceContext of(HttpServletRequest request) {
        return (request.getAttribute(ATTRIBUTE) instanceof TraceContext context) ? context : null;
    }

}
