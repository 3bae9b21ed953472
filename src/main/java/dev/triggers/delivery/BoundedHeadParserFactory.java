package dev.triggers.delivery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Parses the heads of answers, of 64 KiB at the most in all: the client itself bounds
 * only single lines and their number.
 */
class BoundedHeadParserFactory implements HttpMessageParserFactory<ClassicHttpResponse> {

    static final int MAX_HEAD = 64 * 1024;

    private final Http1Config config;

    BoundedHeadParserFactory(Http1Config config) {
        this.config = config;
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create() {
        DefaultHttpResponseParser parser = new DefaultHttpResponseParser(this.config);
        return new HttpMessageParser<>() {

            @Override
            public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
                    throws IOException, HttpException {
                return parser.parse(buffer, new Bounded(in));
            }

        };
    }

    @Override
    @SuppressWarnings("deprecation") // still the one that the client's interface demands
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config ignored) {
        return create();
    }

    private static final class Bounded extends FilterInputStream {

        private int left = MAX_HEAD;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (this.left <= 0) {
                throw new MessageConstraintException("The head has more than " + MAX_HEAD + " bytes");
            }
            int count = super.read(bytes, offset, length);
            this.left -= Math.max(0, count);
            return count;
        }

    }

}
