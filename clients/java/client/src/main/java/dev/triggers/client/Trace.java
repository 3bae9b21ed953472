package dev.triggers.client;

import java.lang.reflect.Method;
import java.util.Map;

/** The trace that the caller is in, where OpenTelemetry is there. */
final class Trace {

    private static final Method CURRENT = current();

    private Trace() {
    }

    static void inject(Map<String, String> headers) {
        if (CURRENT == null) {
            return;
        }
        try {
            Object context = call(CURRENT.invoke(null), "io.opentelemetry.api.trace.Span", "getSpanContext");
            String type = "io.opentelemetry.api.trace.SpanContext";
            if (Boolean.TRUE.equals(call(context, type, "isValid"))) {
                Object flags = call(call(context, type, "getTraceFlags"), "io.opentelemetry.api.trace.TraceFlags", "asHex");
                headers.put("traceparent", "00-" + call(context, type, "getTraceId") + "-" + call(context, type, "getSpanId") + "-" + flags);
            }
        }
        catch (ReflectiveOperationException ex) {
            // Another OpenTelemetry than the one that is known: no trace, but the event is posted.
            headers.remove("traceparent");
        }
    }

    private static Object call(Object target, String type, String method) throws ReflectiveOperationException {
        return Class.forName(type, false, CURRENT.getDeclaringClass().getClassLoader()).getMethod(method).invoke(target);
    }

    private static Method current() {
        try {
            return Class.forName("io.opentelemetry.api.trace.Span").getMethod("current");
        }
        catch (ReflectiveOperationException | LinkageError ex) {
            return null;
        }
    }

}
