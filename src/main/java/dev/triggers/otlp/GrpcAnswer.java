package dev.triggers.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a call: its status stands behind the message, or in the head where
 * there is none.
 */
final class GrpcAnswer implements AsyncResponseConsumer<GrpcResponse> {

    /** Bytes before a message. */
    static final int PREFIX = 5;

    private final long mostBytes;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private int httpStatus;

    private @Nullable String status;

    private String description = "";

    private @Nullable FutureCallback<GrpcResponse> done;

    GrpcAnswer(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context,
            FutureCallback<GrpcResponse> callback) {
        this.httpStatus = response.getCode();
        this.done = callback;
        read(response.getHeaders());
        if (entity == null) {
            callback.completed(response());
        }
    }

    private void read(Header... headers) {
        for (Header header : headers) {
            switch (header.getName()) {
                case "grpc-status" -> this.status = header.getValue();
                case "grpc-message" -> this.description = header.getValue();
                default -> {
                }
            }
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // The answer is yet to come
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (this.body.size() + bytes.remaining() > this.mostBytes) {
            throw new IOException("The collector's answer has more than " + this.mostBytes + " bytes");
        }
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        this.body.writeBytes(chunk);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (trailers != null) {
            read(trailers.toArray(Header[]::new));
        }
        if (this.done != null) {
            this.done.completed(response());
        }
    }

    private GrpcResponse response() {
        byte[] bytes = this.body.toByteArray();
        return new Response(statusCode(), this.description,
                (bytes.length > PREFIX) ? Arrays.copyOfRange(bytes, PREFIX, bytes.length) : new byte[0]);
    }

    /** What speaks no gRPC, as a proxy, may answer too. */
    private GrpcStatusCode statusCode() {
        if (this.status != null && this.status.matches("[0-9]{1,2}")) {
            return GrpcStatusCode.fromValue(Integer.parseInt(this.status));
        }
        return switch (this.httpStatus) {
            case HttpStatus.SC_UNAUTHORIZED -> GrpcStatusCode.UNAUTHENTICATED;
            case HttpStatus.SC_FORBIDDEN -> GrpcStatusCode.PERMISSION_DENIED;
            case HttpStatus.SC_NOT_FOUND -> GrpcStatusCode.UNIMPLEMENTED;
            case HttpStatus.SC_TOO_MANY_REQUESTS, HttpStatus.SC_BAD_GATEWAY, HttpStatus.SC_SERVICE_UNAVAILABLE,
                    HttpStatus.SC_GATEWAY_TIMEOUT ->
                GrpcStatusCode.UNAVAILABLE;
            default -> GrpcStatusCode.UNKNOWN;
        };
    }

    @Override
    public void failed(Exception cause) {
        // Whoever waits hears of it anyway
    }

    @Override
    public void releaseResources() {
        // Nothing is held
    }

    /** The answer as the library wants to see it. */
    private static final class Response implements GrpcResponse {

        private final GrpcStatusCode code;

        private final String description;

        private final byte[] message;

        Response(GrpcStatusCode code, String description, byte[] message) {
            this.code = code;
            this.description = description;
            this.message = message;
        }

        @Override
        public GrpcStatusCode getStatusCode() {
            return this.code;
        }

        @Override
        public String getStatusDescription() {
            return this.description;
        }

        @Override
        public byte[] getResponseMessage() {
            return this.message;
        }

    }

}
