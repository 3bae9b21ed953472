package dev.triggers.sending;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpResponseFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Parses the heads of answers, of 64 KiB at the most in all: the client itself bounds
 * only single lines and their number, and takes any number of interim answers, whose flow
 * would keep a processor busy until the deadline. A line that is no header says nothing
 * about the status, and is passed over.
 */
class BoundedHeadParserFactory implements HttpMessageParserFactory<ClassicHttpResponse> {

    static final int MAX_HEAD = 64 * 1024;

    private static final int LOWEST_STATUS = 100;

    private static final int HIGHEST_STATUS = 999;

    private static final Header UNREADABLE = new BasicHeader("X-Unreadable", null);

    private static final Http1Config HEAD = Http1Config.custom()
        .setMaxLineLength(MAX_HEAD)
        // As many as fit
        .setMaxHeaderCount(MAX_HEAD)
        .build();

    @Override
    public HttpMessageParser<ClassicHttpResponse> create() {
        DefaultHttpResponseParser parser = new DefaultHttpResponseParser(HEAD, new Lines(),
                DefaultClassicHttpResponseFactory.INSTANCE);
        return new HttpMessageParser<>() {

            private int left = MAX_HEAD;

            @Override
            public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
                    throws IOException, HttpException {
                Bounded bounded = new Bounded(in, this.left);
                ClassicHttpResponse response = parser.parse(buffer, bounded);
                this.left = (response.getCode() < HttpStatus.SC_SUCCESS) ? bounded.left : MAX_HEAD;
                return response;
            }

        };
    }

    @Override
    // Still the one that the client's interface demands
    @SuppressWarnings("deprecation")
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config ignored) {
        return create();
    }

    private static final class Lines extends LazyLaxLineParser {

        @Override
        public StatusLine parseStatusLine(CharArrayBuffer buffer) throws ParseException {
            StatusLine line = super.parseStatusLine(buffer);
            if (line.getStatusCode() < LOWEST_STATUS || line.getStatusCode() > HIGHEST_STATUS) {
                throw new ParseException("No status: " + line.getStatusCode());
            }
            return line;
        }

        @Override
        public Header parseHeader(CharArrayBuffer buffer) throws ParseException {
            try {
                return super.parseHeader(buffer);
            }
            catch (ParseException ex) {
                return UNREADABLE;
            }
        }

    }

    private static final class Bounded extends FilterInputStream {

        private int left;

        Bounded(InputStream in, int left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (this.left <= 0) {
                throw new MessageConstraintException("The head has more than " + MAX_HEAD + " bytes");
            }
            int count = super.read(bytes, offset, Math.min(length, this.left));
            if (count < 0) {
                // To the parser, the end of the stream would be the end of the head.
                throw new ConnectionClosedException("The connection was closed before the end of the head");
            }
            this.left -= count;
            return count;
        }

    }

}
