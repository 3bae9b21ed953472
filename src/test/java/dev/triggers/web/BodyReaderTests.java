package dev.triggers.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.triggers.settings.MemoryProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BodyReaderTests {

    private static final int LIMIT = 200_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final BodyBudget budget = new BodyBudget(this.meters, new MemoryProperties(1));

    private final BodyReader reader = new BodyReader(this.budget);

    private double held() {
        return this.meters.get("http.server.bodies").gauge().value();
    }

    @Property(tries = 300)
    void aBodyIsReadWholeHoweverItArrives(@ForAll @Size(max = 5_000) byte[] seed,
            @ForAll @IntRange(min = 0, max = 50) int repeats, @ForAll @IntRange(min = 1, max = 9_000) int piece,
            @ForAll boolean announced) {
        byte[] body = new byte[Math.min(LIMIT, seed.length * repeats)];
        for (int i = 0; i < body.length; i++) {
            body[i] = seed[i % seed.length];
        }
        Request request = new Request(new Pieces(body, piece), announced ? body.length : -1);
        assertThat(this.reader.read(request, LIMIT)).isEqualTo(body);
        assertThat(held()).isBetween((double) body.length, body.length * 4.0 + 64 * 1024 + LIMIT);
        this.budget.release(request);
        assertThat(held()).isZero();
    }

    @Property(tries = 50)
    void ofAnyBodyTheBeginningIsRead(@ForAll @Size(max = 5_000) byte[] body,
            @ForAll @IntRange(min = 1, max = 900) int piece, @ForAll boolean announced) {
        Request request = new Request(new Pieces(body, piece), announced ? body.length : -1);
        request.setContentType("text/plain");
        assertThat(this.reader.beginning(request, 2_000)).isEqualTo(Arrays.copyOf(body, Math.min(body.length, 2_000)));
        this.budget.release(request);
        assertThat(held()).isZero();
    }

    @Example
    void aByteOrderMarkIsSkipped() {
        byte[] body = "\uFEFF{}\uFEFF".getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= body.length; piece++) {
            Request request = new Request(new Pieces(body, piece), -1);
            assertThat(this.reader.read(request, LIMIT)).isEqualTo("{}\uFEFF".getBytes(StandardCharsets.UTF_8));
            this.budget.release(request);
        }
    }

    @Property(tries = 50)
    void aLongerBodyIsNeverReadWhole(@ForAll @IntRange(min = 1, max = 100_000) int excess, @ForAll boolean announced) {
        byte[] body = new byte[LIMIT + excess];
        Request request = new Request(new Pieces(body, 8_192), announced ? body.length : -1);
        assertKind(request, ProblemKind.TOO_LARGE);
        this.budget.release(request);
        assertThat(held()).isZero();
    }

    @Property(tries = 50)
    void aBodyThatEndsEarlyIsMalformed(@ForAll @IntRange(min = 0, max = 99_999) int arrived) {
        assertKind(new Request(new Pieces(new byte[arrived], 1_000), 100_000), ProblemKind.MALFORMED);
    }

    @Example
    void aBodyThatStopsArrivingTimesOut() {
        InputStream stalled = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException();
            }
        };
        assertKind(new Request(stalled, 10), ProblemKind.REQUEST_TIMEOUT);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.reader.beginning(new Request(stalled, -1), 10))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(ProblemKind.REQUEST_TIMEOUT));
    }

    @Example
    void moreThanTheBudgetIsUnavailable() {
        MockHttpServletRequest greedy = new MockHttpServletRequest();
        this.budget.hold(greedy, 12 * 1024 * 1024);
        Request request = new Request(new Pieces(new byte[1], 1), 1);
        assertKind(request, ProblemKind.UNAVAILABLE);
        this.budget.release(greedy);
        assertThat(this.reader.read(new Request(new Pieces(new byte[1], 1), 1), LIMIT)).hasSize(1);
    }

    private void assertKind(Request request, ProblemKind kind) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.reader.read(request, LIMIT))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(kind));
    }

    /** A request whose body comes from a stream. */
    private static final class Request extends MockHttpServletRequest {

        private final InputStream body;

        private final long length;

        Request(InputStream body, long length) {
            this.body = body;
            this.length = length;
        }

        @Override
        public long getContentLengthLong() {
            return this.length;
        }

        @Override
        public ServletInputStream getInputStream() {
            InputStream body = this.body;
            return new ServletInputStream() {
                @Override
                public int read() throws IOException {
                    return body.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return body.read(bytes, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return false;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }

    }

    /** Bytes that arrive in pieces. */
    private static final class Pieces extends ByteArrayInputStream {

        private final int size;

        Pieces(byte[] bytes, int size) {
            super(bytes);
            this.size = size;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, this.size));
        }

    }

}
