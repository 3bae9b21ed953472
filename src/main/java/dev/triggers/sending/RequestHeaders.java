package dev.triggers.sending;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import dev.triggers.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the service puts into requests. They follow from what is known of an
 * attempt, so that they can be told later without having been stored.
 *
 * @param eventId the event
 * @param endpointId where it went
 * @param type the event's type
 * @param startedAt when the attempt began, in microseconds
 * @param userAgent what the service called itself
 * @param trace the span that the request is; null where it is not traced
 */
public record RequestHeaders(UUID eventId, UUID endpointId, String type, Instant startedAt, String userAgent,
        @Nullable TraceContext trace) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * All of them, in their order.
     * @param signature null if it is not known any more
     */
    public List<HeaderLine> lines(@Nullable String signature) {
        String id = this.eventId.toString();
        String headerType = headerValue(this.type);
        List<HeaderLine> lines = new ArrayList<>();
        lines.add(new HeaderLine("User-Agent", this.userAgent));
        lines.add(new HeaderLine("X-Event-ID", id));
        lines.add(new HeaderLine("X-Event-Type", headerType));
        lines.add(new HeaderLine("X-Zapier-Event-Id", id));
        lines.add(new HeaderLine("X-Zapier-Event-Type", headerType));
        lines.add(new HeaderLine("webhook-id", id));
        lines.add(new HeaderLine("webhook-timestamp", Long.toString(this.startedAt.getEpochSecond())));
        lines.add(new HeaderLine("webhook-signature", signature));
        TraceContext told = trace();
        lines.add(new HeaderLine("traceparent", told.traceparent()));
        if (!told.state().isEmpty()) {
            lines.add(new HeaderLine("tracestate", told.state().value()));
        }
        return lines;
    }

    /**
     * Those of HTTP itself, which go behind the others.
     * @param host where to
     * @param bodyBytes the length of the body
     */
    public static List<HeaderLine> ofHttp(@Nullable String host, int bodyBytes) {
        // JSON has no parameter for its charset, which is UTF-8 (RFC 8259)
        return List.of(new HeaderLine("Host", host), new HeaderLine("Content-Length", Integer.toString(bodyBytes)),
                new HeaderLine("Content-Type", "application/json"), new HeaderLine("Connection", "keep-alive"));
    }

    /**
     * The span that the request is. Where it is not traced, all attempts of an event
     * belong to one trace nevertheless, whose id is the event's. Each is a span then,
     * whose id is drawn from what makes the attempt unlike any other.
     */
    @Override
    public TraceContext trace() {
        if (this.trace != null) {
            return this.trace;
        }
        long micros = this.startedAt.getEpochSecond() * 1_000_000 + this.startedAt.getNano() / 1_000;
        long span = mixed(
                mixed(this.eventId.getLeastSignificantBits() ^ micros) ^ this.endpointId.getLeastSignificantBits());
        return new TraceContext(this.eventId.toString().replace("-", ""),
                HexFormat.of().toHexDigits((span != 0) ? span : 1), true);
    }

    /**
     * What the signatures of a request are made over.
     */
    public byte[] signedContent(byte[] body) {
        byte[] prefix = (this.eventId + "." + this.startedAt.getEpochSecond() + ".")
            .getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, content, prefix.length, body.length);
        return content;
    }

    /** SplitMix64's finalizer. */
    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * The type as a header can hold it: percent-encoded UTF-8, if it is not ASCII.
     */
    static String headerValue(String type) {
        if (type.chars().allMatch((c) -> c < 0x7f)) {
            return type;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : type.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                encoded.append((char) b);
            }
            else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

}
