package dev.triggers.otlp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalH2AsyncClient;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes calls with one message there and one back, which is all of gRPC that is needed: a
 * message has five bytes before it, and the call's status comes behind the answer.
 */
final class HttpCoreGrpcSender implements GrpcSender {

    private static final ContentType GRPC = ContentType.create("application/grpc");

    /** Those of which OTLP says that the call is to be made again. */
    private static final Set<GrpcStatusCode> PASSING = Set.of(GrpcStatusCode.CANCELLED,
            GrpcStatusCode.DEADLINE_EXCEEDED, GrpcStatusCode.ABORTED, GrpcStatusCode.OUT_OF_RANGE,
            GrpcStatusCode.UNAVAILABLE, GrpcStatusCode.DATA_LOSS);

    private final GrpcSenderConfig config;

    private final MinimalH2AsyncClient client;

    private final URI uri;

    HttpCoreGrpcSender(GrpcSenderConfig config) {
        this.config = config;
        this.uri = config.getEndpoint().resolve("/" + config.getFullMethodName());
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        if (config.getSslContext() != null) {
            tls.setSslContext(config.getSslContext());
        }
        this.client = HttpAsyncClients.createHttp2Minimal(H2Config.custom().setPushEnabled(false).build(),
                IOReactorConfig.custom().setIoThreadCount(1).build(), tls.buildAsync());
        ConnectionConfig connection = ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(config.getConnectTimeout()))
            .build();
        this.client.setConnectionConfigResolver((host) -> connection);
        this.client.start();
    }

    @Override
    public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
        byte[] body;
        try {
            body = framed(message);
        }
        catch (IOException ex) {
            onError.accept(ex);
            return;
        }
        Thread.ofVirtual().name("otlp-call").start(() -> {
            try {
                onResponse.accept(callUntilDone(body));
            }
            catch (IOException | RuntimeException ex) {
                onError.accept(ex);
            }
        });
    }

    private byte[] framed(MessageWriter message) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Compressor compressor = this.config.getCompressor();
        try (OutputStream out = (compressor != null) ? compressor.compress(content) : content) {
            message.writeMessage(out);
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream(content.size() + GrpcAnswer.PREFIX);
        try (DataOutputStream out = new DataOutputStream(framed)) {
            out.writeByte((compressor != null) ? 1 : 0);
            out.writeInt(content.size());
            content.writeTo(out);
        }
        return framed.toByteArray();
    }

    /** All calls together have the time that one has. */
    private GrpcResponse callUntilDone(byte[] body) throws IOException {
        long until = System.nanoTime() + this.config.getTimeout().toNanos();
        RetryPolicy policy = this.config.getRetryPolicy();
        int attempts = (policy != null) ? policy.getMaxAttempts() : 1;
        Duration pause = (policy != null) ? policy.getInitialBackoff() : Duration.ZERO;
        for (int attempt = 1;; attempt++) {
            long wait = ThreadLocalRandom.current().nextLong(Math.max(1, pause.toNanos()));
            try {
                GrpcResponse response = call(body, until - System.nanoTime());
                if (attempt >= attempts || !PASSING.contains(response.getStatusCode()) || isOver(until, wait)) {
                    return response;
                }
            }
            catch (IOException ex) {
                if (attempt >= attempts || isOver(until, wait)) {
                    throw ex;
                }
            }
            pause(wait);
            pause = (policy != null) ? Duration.ofNanos((long) (pause.toNanos() * policy.getBackoffMultiplier()))
                    : pause;
        }
    }

    private static boolean isOver(long until, long wait) {
        return until - System.nanoTime() <= wait;
    }

    private static void pause(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
        catch (InterruptedException ex) {
            throw new InterruptedIOException();
        }
    }

    private GrpcResponse call(byte[] body, long nanos) throws IOException {
        AsyncRequestBuilder request = AsyncRequestBuilder.post(this.uri)
            .addHeader("te", "trailers")
            .setEntity(AsyncEntityProducers.create(body, GRPC));
        Compressor compressor = this.config.getCompressor();
        if (compressor != null) {
            request.addHeader("grpc-encoding", compressor.getEncoding());
        }
        this.config.getHeadersSupplier()
            .get()
            .forEach((name, values) -> values.forEach((value) -> request.addHeader(name, value)));
        Future<GrpcResponse> answer = this.client.execute(request.build(),
                new GrpcAnswer(this.config.getMaxResponseBodySize()), null);
        try {
            return answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        }
        catch (ExecutionException ex) {
            throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
        }
        catch (TimeoutException ex) {
            answer.cancel(true);
            throw new InterruptedIOException("No answer from " + this.config.getEndpoint() + " in time");
        }
        catch (InterruptedException ex) {
            answer.cancel(true);
            throw new InterruptedIOException();
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        this.client.close(CloseMode.IMMEDIATE);
        return CompletableResultCode.ofSuccess();
    }

}
