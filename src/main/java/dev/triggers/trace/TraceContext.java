package dev.triggers.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A span as others are told of it: what the headers {@code traceparent} and
 * {@code tracestate} of <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a> say.
 *
 * @param traceId the trace, 32 hexadecimal digits in lower case, not all zero
 * @param spanId the span in it, 16 of them
 * @param sampled whether the span may be recorded
 * @param state what others tell of the trace
 */
public record TraceContext(String traceId, String spanId, boolean sampled, Tracestate state) {

    /** Bytes of one as it is stored, where others tell nothing. */
    public static final int BYTES = 25;

    /** Where an attempt's span stands behind it, and what others tell behind that. */
    static final int STATE = BYTES + 8;

    private static final HexFormat HEX = HexFormat.of();

    private static final int TRACE = 3;

    private static final int SPAN = 36;

    private static final int FLAGS = 53;

    private static final int LENGTH = 55;

    /** One of which others tell nothing. */
    public TraceContext(String traceId, String spanId, boolean sampled) {
        this(traceId, spanId, sampled, Tracestate.NONE);
    }

    /**
     * Reads what a request came with; null if it came with none, or with several.
     * @param traceparents its headers of that name
     * @param tracestates its headers of that name, which say nothing by themselves
     */
    public static @Nullable TraceContext parse(List<String> traceparents, List<String> tracestates) {
        TraceContext context = (traceparents.size() == 1) ? parse(traceparents.getFirst()) : null;
        return (context == null || tracestates.isEmpty()) ? context
                : new TraceContext(context.traceId, context.spanId, context.sampled, Tracestate.parse(tracestates));
    }

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
     * Reads what is stored, but for the attempt's span in it.
     */
    public static @Nullable TraceContext of(byte @Nullable [] stored) {
        if (stored == null || stored.length < BYTES) {
            return null;
        }
        Tracestate state = (stored.length > STATE)
                ? new Tracestate(new String(stored, STATE, stored.length - STATE, StandardCharsets.US_ASCII))
                : Tracestate.NONE;
        return new TraceContext(HEX.formatHex(stored, 0, 16), HEX.formatHex(stored, 16, 24), (stored[24] & 1) != 0,
                state);
    }

    /** As it is stored, without an attempt's span. */
    public byte[] bytes() {
        byte[] told = this.state.value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate((told.length > 0) ? STATE + told.length : BYTES)
            .put(HEX.parseHex(this.traceId))
            .put(HEX.parseHex(this.spanId))
            .put((byte) (this.sampled ? 1 : 0));
        if (told.length > 0) {
            bytes.put(STATE, told);
        }
        return bytes.array();
    }

    /** The header {@code traceparent}. */
    public String traceparent() {
        return "00-" + this.traceId + "-" + this.spanId + (this.sampled ? "-01" : "-00");
    }

}
