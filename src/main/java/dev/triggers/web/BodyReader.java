package dev.triggers.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Reads the bodies of requests: never more than a limit, never more at a time than the
 * service can hold, and never for longer than a client may take.
 */
@Component
public final class BodyReader {

    /** Up to this size a body's memory is taken as its bytes arrive. */
    private static final int SMALL = 64 * 1024;

    private static final int FIRST = 2 * 1024;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Of UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

    private final BodyBudget budget;

    BodyReader(BodyBudget budget) {
        this.budget = budget;
    }

    /**
     * Reads a JSON body; one without a content type counts as JSON.
     * @throws ProblemException 400, 408, 413, 415 or 503
     */
    public byte[] read(HttpServletRequest request, int limit) {
        return read(request, limit, "application/json");
    }

    /**
     * Reads a body that is JSON, of one of the given media types or of any with the
     * suffix {@code +json}.
     * @throws ProblemException 400, 408, 413, 415 or 503
     */
    public byte[] read(HttpServletRequest request, int limit, String... mediaTypes) {
        requireMediaType(request, mediaTypes);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        try {
            long started = System.nanoTime();
            byte[] body = readAll(request, limit);
            RequestDeadline.extend(request, System.nanoTime() - started);
            return body;
        }
        catch (SocketTimeoutException ex) {
            throw tooSlow();
        }
        catch (IOException ex) {
            throw cutOff();
        }
    }

    /**
     * Reads the beginning of a body of any media type; what is behind it stays unread.
     * @throws ProblemException 400, 408 or 503
     */
    public byte[] beginning(HttpServletRequest request, int most) {
        long started = System.nanoTime();
        long announced = request.getContentLengthLong();
        byte[] body = grow(request, new byte[0], (announced >= 0) ? (int) Math.min(announced, most) : most);
        int length = 0;
        try {
            InputStream in = request.getInputStream();
            for (int read = 0; read >= 0 && length < body.length; length += Math.max(0, read)) {
                if (System.nanoTime() - started > PATIENCE_NANOS) {
                    throw tooSlow();
                }
                read = in.read(body, length, body.length - length);
            }
            return Arrays.copyOf(body, length);
        }
        catch (SocketTimeoutException ex) {
            throw tooSlow();
        }
        catch (IOException ex) {
            throw cutOff();
        }
    }

    /**
     * The media type of the body in lower case, without parameters; empty if none is
     * given.
     */
    public static String mediaType(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return ((end < 0) ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static void requireMediaType(HttpServletRequest request, String... mediaTypes) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed");
        }
        String contentType = request.getContentType();
        if ("application/json".equals(contentType)) {
            return;
        }
        String given = mediaType(request);
        if (!given.isEmpty() && !Arrays.asList(mediaTypes).contains(given) && !given.equals("application/json")
                && !given.endsWith("+json")) {
            throw ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "The content type must be " + String.join(" or ", mediaTypes));
        }
        String charset = request.getCharacterEncoding();
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("utf8")
                && !charset.equalsIgnoreCase("us-ascii")) {
            throw ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The charset must be utf-8");
        }
    }

    private byte[] readAll(HttpServletRequest request, int limit) throws IOException {
        long started = System.nanoTime();
        InputStream in = request.getInputStream();
        // -1 if chunked
        int announced = (int) request.getContentLengthLong();
        byte[] body = grow(request, new byte[0], (announced >= 0) ? Math.min(announced, FIRST) : FIRST);
        int length = 0;
        while (length != announced) {
            if (length == body.length) {
                body = grow(request, body, nextSize(length, announced, limit));
            }
            int read = in.read(body, length, body.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            if (length > limit) {
                throw tooLarge(limit);
            }
            if (System.nanoTime() - started > PATIENCE_NANOS) {
                throw tooSlow();
            }
        }
        if (announced >= 0 && length < announced) {
            throw new EOFException();
        }
        // RFC 8259, section 8.1: a parser may ignore it
        int from = startsWithByteOrderMark(body, length) ? BYTE_ORDER_MARK.length : 0;
        return (from == 0 && length == body.length) ? body : Arrays.copyOfRange(body, from, length);
    }

    private static boolean startsWithByteOrderMark(byte[] body, int length) {
        int mark = BYTE_ORDER_MARK.length;
        return length >= mark && Arrays.equals(body, 0, mark, BYTE_ORDER_MARK, 0, mark);
    }

    /**
     * A large body takes all its memory at once: two that each held half of what they
     * need would wait for each other.
     */
    private static int nextSize(int length, int announced, int limit) {
        int most = (announced >= 0) ? announced : limit + 1;
        return (length * 4 > SMALL) ? most : Math.min(most, length * 4);
    }

    private byte[] grow(HttpServletRequest request, byte[] body, int size) {
        this.budget.hold(request, size);
        return Arrays.copyOf(body, size);
    }

    private static ProblemException tooLarge(int limit) {
        return ProblemException.of(ProblemKind.TOO_LARGE, "The body is larger than " + limit + " bytes");
    }

    /** Cut off, or chunked wrongly. */
    private static ProblemException cutOff() {
        return ProblemException.of(ProblemKind.MALFORMED, "The body did not arrive in full");
    }

    private static ProblemException tooSlow() {
        return ProblemException.of(ProblemKind.REQUEST_TIMEOUT, "The body did not arrive in time");
    }

}
