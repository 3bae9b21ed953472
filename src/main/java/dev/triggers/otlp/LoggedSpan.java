package dev.triggers.otlp;

import dev.triggers.trace.TracedLog;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Names the span that a measurement belongs to: the one that is named in the log.
 */
final class LoggedSpan implements SpanContext {

    @Override
    public @Nullable String getCurrentTraceId() {
        return TracedLog.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return TracedLog.spanId();
    }

    /** Others are not named. */
    @Override
    public boolean isCurrentSpanSampled() {
        return TracedLog.traceId() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // Nobody keeps a trace for that
    }

}
