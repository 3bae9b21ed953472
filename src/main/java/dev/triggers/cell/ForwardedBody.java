package dev.triggers.cell;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A request's body on its way through: a piece at a time is held of it.
 */
final class ForwardedBody extends AbstractHttpEntity {

    /** As long as a body may take that stays here. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PIECE = 8 * 1024;

    private final HttpServletRequest request;

    private final byte[] read;

    ForwardedBody(HttpServletRequest request, byte[] read) {
        super((ContentType) null, null, read.length > 0 || request.getContentLengthLong() < 0);
        this.request = request;
        this.read = read;
    }

    /** Whether the request has one at all. */
    static boolean isIn(HttpServletRequest request, byte[] read) {
        return read.length > 0 || request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** What was read may be shorter than what was sent, so no length is told then. */
    @Override
    public long getContentLength() {
        return isChunked() ? -1 : this.request.getContentLengthLong();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long started = System.nanoTime();
        out.write(this.read);
        InputStream in = this.request.getInputStream();
        byte[] piece = new byte[PIECE];
        long length = 0;
        for (int count = next(in, piece); count >= 0; count = next(in, piece)) {
            out.write(piece, 0, count);
            length += count;
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new Unread(tooSlow());
            }
        }
        if (!isChunked() && length < getContentLength()) {
            throw new Unread(cutOff());
        }
    }

    private static int next(InputStream in, byte[] piece) throws Unread {
        try {
            return in.read(piece);
        }
        catch (SocketTimeoutException ex) {
            throw new Unread(tooSlow());
        }
        catch (IOException ex) {
            throw new Unread(cutOff());
        }
    }

    private static ProblemException cutOff() {
        return ProblemException.of(ProblemKind.MALFORMED, "The body did not arrive in full");
    }

    private static ProblemException tooSlow() {
        return ProblemException.of(ProblemKind.REQUEST_TIMEOUT, "The body did not arrive in time");
    }

    @Override
    public InputStream getContent() throws IOException {
        throw new EOFException("It is written once, and not read");
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // The server's
    }

    /**
     * The client did not send all of it.
     */
    static final class Unread extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient ProblemException problem;

        private Unread(ProblemException problem) {
            super(problem.message());
            this.problem = problem;
        }

        ProblemException problem() {
            return this.problem;
        }

    }

}
