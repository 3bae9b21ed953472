package dev.triggers.trace;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Where a delivery comes from in its trace. It is stored with the delivery, so that
 * whoever claims it goes on with the trace.
 *
 * @param creation the request that posted the event
 * @param previous the span of the delivery's attempt before, if it was traced
 */
public record Lineage(TraceContext creation, @Nullable String previous) {

    /** Stands where there was no attempt yet, and more behind it. */
    private static final String NO_SPAN = "0".repeat(16);

    /** That of a delivery that was not attempted yet; of none without a trace. */
    public static @Nullable Lineage begin(@Nullable TraceContext creation) {
        return (creation != null) ? new Lineage(creation, null) : null;
    }

    /**
     * Reads what is stored.
     */
    public static @Nullable Lineage of(byte @Nullable [] stored) {
        TraceContext creation = TraceContext.of(stored);
        if (stored == null || creation == null) {
            return null;
        }
        String previous = (stored.length >= TraceContext.STATE)
                ? HexFormat.of().formatHex(stored, TraceContext.BYTES, TraceContext.STATE) : NO_SPAN;
        return new Lineage(creation, previous.equals(NO_SPAN) ? null : previous);
    }

}
