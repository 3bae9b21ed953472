package dev.triggers.trace;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A span as others are told of it: what the header {@code traceparent} of
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> says.
 *
 * @param traceId the trace, 32 hexadecimal digits in lower case, not all zero
 * @param spanId the span in it, 16 of them
 * @param sampled whether the span may be recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    /** Bytes of one as it is stored. */
    public static final int BYTES = 25;

    private static final HexFormat HEX = HexFormat.of();

    private static final int TRACE = 3;

    private static final int SPAN = 36;

    private static final int FLAGS = 53;

    private static final int LENGTH = 55;

    /**
     * Reads the header; null if it is not as the specification has it, and so to be
     * ignored. A version that is not known yet may say more behind what is known.
     */
    public static @Nullable TraceContext parse(@Nullable String header) {
        if (header == null || header.length() < LENGTH || header.charAt(2) != '-' || header.charAt(SPAN - 1) != '-'
                || header.charAt(FLAGS - 1) != '-' || !isHex(header, 0, 2) || header.startsWith("ff")
                || !isHex(header, TRACE, SPAN - 1) || !isHex(header, SPAN, FLAGS - 1) || !isHex(header, FLAGS, LENGTH)
                || isZero(header, TRACE, SPAN - 1) || isZero(header, SPAN, FLAGS - 1)) {
            return null;
        }
        if (header.length() > LENGTH && (header.startsWith("00") || header.charAt(LENGTH) != '-')) {
            return null;
        }
        return new TraceContext(header.substring(TRACE, SPAN - 1), header.substring(SPAN, FLAGS - 1),
                (HexFormat.fromHexDigit(header.charAt(LENGTH - 1)) & 1) != 0);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the first bytes of what is stored.
     */
    public static @Nullable TraceContext of(byte @Nullable [] stored) {
        if (stored == null || stored.length < BYTES) {
            return null;
        }
        return new TraceContext(HEX.formatHex(stored, 0, 16), HEX.formatHex(stored, 16, 24), (stored[24] & 1) != 0);
    }

    /** As it is stored. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
            .put(HEX.parseHex(this.traceId))
            .put(HEX.parseHex(this.spanId))
            .put((byte) (this.sampled ? 1 : 0))
            .array();
    }

    /** The header. */
    public String traceparent() {
        return "00-" + this.traceId + "-" + this.spanId + (this.sampled ? "-01" : "-00");
    }

}
