package dev.triggers.sending;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt came how far, as the parts of the HTTP client tell it: readings of the
 * monotonic clock, taken on the thread of the attempt.
 */
final class Milestones {

    private static final String ATTRIBUTE = Milestones.class.getName();

    /** Characters of an answer's headers that are kept. */
    private static final int MOST_HEADERS = 4_096;

    private long began;

    private long resolved;

    private long connected;

    private long shaking;

    private long secured;

    private long sending;

    private long answered;

    private boolean kept;

    private @Nullable SocketAddress address;

    private Header[] headers = {};

    void attachTo(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** Those of the attempt; of no attempt, if there is none. */
    static Milestones of(HttpContext context) {
        return (context.getAttribute(ATTRIBUTE) instanceof Milestones milestones) ? milestones : new Milestones();
    }

    void connecting() {
        this.began = System.nanoTime();
        this.resolved = 0;
        this.connected = 0;
        this.shaking = 0;
        this.secured = 0;
    }

    /** Only the first of several addresses follows the look-up. */
    void resolved() {
        if (this.resolved == 0) {
            this.resolved = System.nanoTime();
        }
    }

    void connected() {
        this.connected = System.nanoTime();
    }

    void shaking() {
        this.shaking = System.nanoTime();
    }

    void secured() {
        this.secured = System.nanoTime();
    }

    void sending(HttpConnection connection, boolean keptBefore) {
        this.kept = keptBefore;
        reached(connection);
        this.sending = System.nanoTime();
    }

    void reached(HttpConnection connection) {
        SocketAddress remote = connection.getRemoteAddress();
        if (remote != null) {
            this.address = remote;
        }
    }

    void answered() {
        this.answered = System.nanoTime();
    }

    void headers(Header[] received) {
        this.headers = received;
    }

    AttemptDetail detail() {
        return new AttemptDetail(between(this.began, this.resolved), between(this.resolved, this.connected),
                between(this.shaking, this.secured), between(this.sending, this.answered), this.kept, addressText(),
                lines(), null);
    }

    private static @Nullable Integer between(long from, long to) {
        return (from != 0 && to != 0) ? (int) Duration.ofNanos(Math.max(0, to - from)).toMillis() : null;
    }

    private @Nullable String addressText() {
        return (this.address instanceof InetSocketAddress inet && inet.getAddress() != null)
                ? inet.getAddress().getHostAddress() : null;
    }

    private @Nullable List<HeaderLine> lines() {
        List<HeaderLine> lines = new ArrayList<>();
        int left = MOST_HEADERS;
        for (Header header : this.headers) {
            String value = header.getValue();
            if (value != null) {
                left -= header.getName().length() + value.length();
                if (left < 0) {
                    break;
                }
                lines.add(new HeaderLine(header.getName(), value));
            }
        }
        return lines.isEmpty() ? null : lines;
    }

}
