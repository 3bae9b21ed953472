package dev.triggers.cell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * An answer on its way through: handed on as it comes, a piece at a time.
 */
final class ForwardedAnswer {

    private static final int PIECE = 8 * 1024;

    private final ClassicHttpResponse answer;

    ForwardedAnswer(ClassicHttpResponse answer) {
        this.answer = answer;
    }

    /**
     * Hands it on to its end.
     * @throws BrokenException if it broke off
     * @throws IOException if the client went away
     */
    void writeTo(HttpServletResponse response) throws IOException {
        HttpEntity entity = this.answer.getEntity();
        boolean open = entity != null && entity.getContentLength() < 0;
        InputStream in = (entity != null) ? entity.getContent() : InputStream.nullInputStream();
        byte[] piece = new byte[PIECE];
        // Nobody knows when the first piece of a stream comes; of others, a loss can
        // still be told before it
        int length = open ? 0 : next(in, piece);
        response.setStatus(this.answer.getCode());
        ForwardedHeaders.copy(this.answer, response);
        OutputStream out = response.getOutputStream();
        for (; length >= 0; length = next(in, piece)) {
            out.write(piece, 0, length);
            if (open) {
                out.flush();
            }
        }
        // The end goes out before this request waits for anything
        out.close();
    }

    private static int next(InputStream in, byte[] piece) throws BrokenException {
        try {
            return in.read(piece);
        }
        catch (IOException ex) {
            throw new BrokenException(ex);
        }
    }

    /**
     * The other cell did not send all of it.
     */
    static final class BrokenException extends IOException {

        private static final long serialVersionUID = 1L;

        private BrokenException(IOException cause) {
            super(cause);
        }

    }

}
