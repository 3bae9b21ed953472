package dev.triggers.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;

/** Over the JDK's client, whose connections are kept. */
final class HttpTransport implements Transport {

    private static final int ERROR_BYTES = 65_536;

    private final HttpClient client;

    HttpTransport(HttpClient given) {
        this.client = (given != null) ? given
                : HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
        if (this.client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would take the key along");
        }
    }

    HttpClient client() {
        return this.client;
    }

    static HttpRequest request(Request request) {
        return request(request, null);
    }

    private static HttpRequest request(Request request, Duration timeout) {
        HttpRequest.Builder made = HttpRequest.newBuilder(URI.create(request.origin() + request.target()));
        if (timeout != null) {
            made.timeout(timeout);
        }
        request.headers().forEach(made::setHeader);
        return made.method(request.method(), (request.body() != null) ? HttpRequest.BodyPublishers.ofByteArray(request.body())
                : HttpRequest.BodyPublishers.noBody()).build();
    }

    @Override
    public CompletableFuture<Answer> send(Request request, Duration timeout, int most) {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<HttpResponse<Bounded.Body>> exchange = this.client.sendAsync(request(request), (head) -> {
            begun.set(true);
            return new Bounded(bound(head.statusCode(), most));
        });
        CompletableFuture<Answer> answer = exchange.thenApply((response) -> answer(response, most));
        CompletableFuture<Answer> whole = answer.orTimeout(Math.max(1, timeout.toNanos()), TimeUnit.NANOSECONDS);
        CompletableFuture<Answer> result = whole.handle((found, failure) -> {
            if (failure == null) {
                return found;
            }
            Throwable cause = unwrapped(failure);
            exchange.cancel(true);
            if (cause instanceof TriggersException known) {
                throw known;
            }
            throw new ConnectionFailedException(kind(cause, begun.get()), cause);
        });
        result.whenComplete((found, failure) -> {
            if (result.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return result;
    }

    /**
     * The same on the calling thread, without a change of threads: what is sent is answered when this returns. An interrupt ends it.
     */
    CompletableFuture<Answer> exchange(Request request, Duration timeout, int most) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
        long end = System.nanoTime() + timeout.toNanos();
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Duration longest = !timeout.isNegative() && !timeout.isZero() ? timeout : Duration.ofNanos(1);
            HttpResponse<Bounded.Body> response = this.client.send(request(request, longest), (head) -> {
                begun.set(true);
                return new Bounded(bound(head.statusCode(), most), end);
            });
            return CompletableFuture.completedFuture(answer(response, most));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(ex);
            throw cancelled;
        }
        catch (AnswerTooLargeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
        catch (IOException ex) {
            Throwable cause = (ex.getCause() instanceof TimeoutException late) ? late : ex;
            return CompletableFuture.failedFuture(new ConnectionFailedException(kind(cause, begun.get()), cause));
        }
    }

    private static int bound(int status, int most) {
        return (status / 100 == 2) ? most : Math.min(most, ERROR_BYTES);
    }

    private static Answer answer(HttpResponse<Bounded.Body> response, int most) {
        Bounded.Body body = response.body();
        if (body.more() && response.statusCode() / 100 == 2) {
            throw new AnswerTooLargeException(most);
        }
        return new Answer(response.statusCode(), response.headers().map(), body.bytes());
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static ConnectionFailedException.Kind kind(Throwable failure, boolean begun) {
        if (failure instanceof TimeoutException || (failure instanceof HttpTimeoutException && !(failure instanceof java.net.http.HttpConnectTimeoutException))) {
            return ConnectionFailedException.Kind.TIMEOUT;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnresolvedAddressException || cause instanceof SSLHandshakeException
                    || cause instanceof java.net.http.HttpConnectTimeoutException) {
                return ConnectionFailedException.Kind.CONNECT;
            }
        }
        return begun ? ConnectionFailedException.Kind.CUT : ConnectionFailedException.Kind.RESET;
    }

    /** A body of so many bytes, and no more. */
    private static final class Bounded implements HttpResponse.BodySubscriber<Bounded.Body> {

        private final CompletableFuture<Body> body = new CompletableFuture<>();

        private final int most;

        private final long end;

        private byte[] bytes = new byte[512];

        private int length;

        private Flow.Subscription subscription;

        Bounded(int most) {
            this(most, 0);
        }

        /** One that has time until the moment, since the client's own limit ends with the head; 0: for ever. */
        Bounded(int most, long end) {
            this.most = most;
            this.end = end;
        }

        @Override
        public CompletionStage<Body> getBody() {
            return this.body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            this.subscription = given;
            if (this.end != 0) {
                this.body.orTimeout(Math.max(1, this.end - System.nanoTime()), TimeUnit.NANOSECONDS).whenComplete((whole, failure) -> {
                    if (failure != null) {
                        given.cancel();
                    }
                });
            }
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                int taken = Math.min(buffer.remaining(), this.most - this.length);
                if (this.length + taken > this.bytes.length) {
                    this.bytes = Arrays.copyOf(this.bytes, Math.max(this.length + taken, (int) Math.min(this.most, 2L * this.bytes.length)));
                }
                buffer.get(this.bytes, this.length, taken);
                this.length += taken;
                if (buffer.hasRemaining()) {
                    this.subscription.cancel();
                    this.body.complete(new Body(Arrays.copyOf(this.bytes, this.length), true));
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            this.body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            this.body.complete(new Body(Arrays.copyOf(this.bytes, this.length), false));
        }

        record Body(byte[] bytes, boolean more) {
        }

    }

}
