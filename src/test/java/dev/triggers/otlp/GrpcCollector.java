package dev.triggers.otlp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A collector that speaks gRPC: HTTP/2 from the first byte, and a status behind the
 * message.
 */
final class GrpcCollector implements AutoCloseable {

    private final HttpAsyncServer server;

    private final int port;

    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private volatile int status;

    GrpcCollector() throws InterruptedException, ExecutionException {
        this.server = H2ServerBootstrap.bootstrap()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .register("*", new Handler())
            .create();
        this.server.start();
        this.port = ((InetSocketAddress) this.server.listen(new InetSocketAddress("localhost", 0), URIScheme.HTTP)
            .get()
            .getAddress()).getPort();
    }

    String url() {
        return "http://localhost:" + this.port;
    }

    void answer(int newStatus) {
        this.status = newStatus;
    }

    List<Call> calls(String path) {
        return this.calls.stream().filter((call) -> call.path.equals(path)).toList();
    }

    @Override
    public void close() {
        this.server.close(CloseMode.IMMEDIATE);
    }

    private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {

        @Override
        public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(HttpRequest request, EntityDetails entity,
                HttpContext context) {
            return new BasicRequestConsumer<>(new BasicAsyncEntityConsumer());
        }

        @Override
        public void handle(Message<HttpRequest, byte[]> message, ResponseTrigger trigger, HttpContext context)
                throws org.apache.hc.core5.http.HttpException, IOException {
            byte[] body = message.getBody();
            GrpcCollector.this.calls
                .add(new Call(message.getHead().getPath(), message.getHead().getFirstHeader("te").getValue(),
                        (message.getHead().getFirstHeader("x-team") != null)
                                ? message.getHead().getFirstHeader("x-team").getValue() : "",
                        Arrays.copyOfRange(body, 5, body.length)));
            HttpResponse response = new BasicHttpResponse(200);
            if (GrpcCollector.this.status != 0) {
                // Without a message the status stands in the head
                response.addHeader("content-type", "application/grpc");
                response.addHeader("grpc-status", Integer.toString(GrpcCollector.this.status));
                trigger.submitResponse(new BasicResponseProducer(response), context);
                return;
            }
            trigger.submitResponse(new BasicResponseProducer(response, new Answer()), context);
        }

    }

    /** An empty message, and the status behind it, which the library forgets. */
    private static final class Answer implements AsyncEntityProducer {

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void failed(Exception cause) {
            // Whoever waits for it hears of it
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public String getContentType() {
            return "application/grpc";
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public boolean isChunked() {
            return true;
        }

        @Override
        public Set<String> getTrailerNames() {
            return Set.of("grpc-status");
        }

        @Override
        public int available() {
            return 5;
        }

        @Override
        public void releaseResources() {
            // Nothing is held
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            channel.write(ByteBuffer.wrap(new byte[5]));
            channel.endStream(List.of(new BasicHeader("grpc-status", "0")));
        }

    }

    /**
     * A call as it arrived.
     *
     * @param path its method
     * @param te what it takes behind the body
     * @param team a header
     * @param message its message
     */
    record Call(String path, String te, String team, byte[] message) {

    }

}
