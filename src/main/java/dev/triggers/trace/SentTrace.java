package dev.triggers.trace;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of an attempt's trace: the context that its receiver was told of, and the
 * span that the next attempt is linked to.
 *
 * @param context the context
 * @param attempt the attempt's span; null if it has none
 */
public record SentTrace(TraceContext context, @Nullable String attempt) {

    /** That of an attempt; of none without a span. */
    public static @Nullable SentTrace of(@Nullable AttemptSpan span) {
        return (span != null) ? new SentTrace(span.sent(), span.id()) : null;
    }

    /**
     * What is to be stored of it: the attempt's span behind the context. What others tell
     * is there, and is not changed.
     */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate((this.attempt != null) ? TraceContext.STATE : TraceContext.BYTES)
            .put(this.context.bytes(), 0, TraceContext.BYTES);
        if (this.attempt != null) {
            bytes.put(HexFormat.of().parseHex(this.attempt));
        }
        return bytes.array();
    }

}
