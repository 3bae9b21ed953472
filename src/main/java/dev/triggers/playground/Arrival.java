package dev.triggers.playground;

import java.util.Arrays;
import java.util.List;

import dev.triggers.sending.HeaderLine;

/**
 * A request as it arrived.
 *
 * @param handed whether it is a delivery of the service's own
 * @param method its method
 * @param target its path and query
 * @param headers its headers
 * @param body the beginning of its body
 * @param bodyBytes how much body there was
 */
record Arrival(boolean handed, String method, String target, List<HeaderLine> headers, byte[] body, long bodyBytes) {

    /** Of a body. */
    static final int KEPT = 16 * 1024;

    /** Of a request line and of headers, in characters. */
    private static final int MOST = 8 * 1024;

    /** A request weighs that at least, so that there are never too many. */
    private static final int LIGHTEST = 1024;

    Arrival {
        target = (target.length() > MOST) ? target.substring(0, MOST) : target;
        body = (body.length > KEPT) ? Arrays.copyOf(body, KEPT) : body;
        int left = MOST;
        int count = 0;
        for (HeaderLine line : headers) {
            left -= line.name().length() + String.valueOf(line.value()).length();
            if (left < 0) {
                break;
            }
            count++;
        }
        headers = List.copyOf(headers.subList(0, count));
    }

    /** What it counts against the room of a playground. */
    int weight() {
        int characters = this.target.length() + this.headers.stream()
            .mapToInt((line) -> line.name().length() + String.valueOf(line.value()).length())
            .sum();
        return Math.max(LIGHTEST, this.body.length + characters);
    }

}
