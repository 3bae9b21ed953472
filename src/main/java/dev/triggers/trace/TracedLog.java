package dev.triggers.trace;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the trace in what is logged, and in what is measured, on this thread: only of
 * spans that are recorded, since nobody could find others.
 */
public final class TracedLog {

    private static final String TRACE = "trace_id";

    private static final String SPAN = "span_id";

    private TracedLog() {
    }

    /** From now on; nothing changes without a recorded span. */
    public static void begin(@Nullable TraceContext context) {
        if (context != null && context.sampled()) {
            MDC.put(TRACE, context.traceId());
            MDC.put(SPAN, context.spanId());
        }
    }

    /** No longer. */
    public static void end() {
        MDC.remove(TRACE);
        MDC.remove(SPAN);
    }

    /** The trace, if there is one. */
    public static @Nullable String traceId() {
        return MDC.get(TRACE);
    }

    /** The span, if there is one. */
    public static @Nullable String spanId() {
        return MDC.get(SPAN);
    }

}
