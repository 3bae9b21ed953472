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

    /** As it is stored: the attempt's span behind the context. */
    public byte[] bytes() {
        if (this.attempt == null) {
            return this.context.bytes();
        }
        return ByteBuffer.allocate(TraceContext.BYTES + 8)
            .put(this.context.bytes())
            .put(HexFormat.of().parseHex(this.attempt))
            .array();
    }

}
