package dev.triggers.playground;

import java.util.Arrays;
import java.util.List;

import dev.triggers.sending.HeaderLine;

/**
 * A request as it arrived, cut to what is kept of it.
 */
final class Arrival {

    /** Of a body. */
    static final int KEPT = 16 * 1024;

    /** Of a request line and of headers, in characters. */
    private static final int MOST = 8 * 1024;

    /** A request weighs that at least, so that there are never too many. */
    private static final int LIGHTEST = 1024;

    private final boolean handed;

    private final String method;

    private final String target;

    private final List<HeaderLine> headers;

    private final byte[] body;

    private final long bodyBytes;

    /**
     * Takes a request.
     * @param handed whether it is a delivery of the service's own
     * @param method its method
     * @param target its path and query
     * @param headers its headers
     * @param body its body, or the beginning of it
     * @param bodyBytes how much body there was
     */
    Arrival(boolean handed, String method, String target, List<HeaderLine> headers, byte[] body, long bodyBytes) {
        this.handed = handed;
        this.method = method;
        this.target = (target.length() > MOST) ? target.substring(0, MOST) : target;
        this.headers = beginning(headers);
        this.body = Arrays.copyOf(body, Math.min(body.length, KEPT));
        this.bodyBytes = bodyBytes;
    }

    private static List<HeaderLine> beginning(List<HeaderLine> lines) {
        int left = MOST;
        int count = 0;
        for (HeaderLine line : lines) {
            left -= length(line);
            if (left < 0) {
                break;
            }
            count++;
        }
        return List.copyOf(lines.subList(0, count));
    }

    private static int length(HeaderLine line) {
        return line.name().length() + String.valueOf(line.value()).length();
    }

    boolean handed() {
        return this.handed;
    }

    String method() {
        return this.method;
    }

    String target() {
        return this.target;
    }

    List<HeaderLine> headers() {
        return this.headers;
    }

    byte[] body() {
        return this.body;
    }

    long bodyBytes() {
        return this.bodyBytes;
    }

    /** What it counts against the room of a playground. */
    int weight() {
        int characters = this.target.length() + this.headers.stream().mapToInt(Arrival::length).sum();
        return Math.max(LIGHTEST, this.body.length + characters);
    }

}
