package dev.triggers.sending;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connections to receivers, kept for further requests for as long as both sides like.
 * Requests go over them as they are: of what the library's client does around one (copy
 * it, sign in, follow, uncompress, begin anew) attempts need nothing.
 */
final class WebhookConnections implements AutoCloseable {

    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    private static final RequestConfig CONFIG = RequestConfig.custom()
        .setDefaultKeepAlive(IDLE.getDuration(), IDLE.getTimeUnit())
        .build();

    private final WebhookRequestExecutor executor = new WebhookRequestExecutor();

    private final PoolingHttpClientConnectionManager pool;

    private final IdleConnectionEvictor evictor;

    private final Timeout patience;

    /**
     * Begins without any.
     * @param pool makes and keeps them
     * @param patience for one that is free, and until it is made
     */
    WebhookConnections(PoolingHttpClientConnectionManager pool, Timeout patience) {
        this.pool = pool;
        this.patience = patience;
        this.evictor = new IdleConnectionEvictor(pool, IDLE);
        this.evictor.start();
    }

    /**
     * Sends a request, and has its answer read. The connection of one that fails, is
     * cancelled, or whose answer is not read to its end, is closed.
     */
    void exchange(HttpPost request, HttpClientContext context, AnswerReader reader) throws IOException {
        context.setRequestConfig(CONFIG);
        try {
            Leased leased = new Leased(lease(request, context.getUserToken()));
            TimeValue kept = null;
            try {
                request.setDependency(leased);
                kept = exchange(leased.connection, request, context, reader);
            }
            finally {
                leased.end(kept, context.getUserToken());
            }
        }
        catch (HttpException ex) {
            throw new ClientProtocolException(ex.getMessage(), ex);
        }
    }

    private ConnectionEndpoint lease(HttpPost request, Object state) throws IOException, HttpException {
        HttpHost host = RoutingSupport.normalize(RoutingSupport.determineHost(request),
                DefaultSchemePortResolver.INSTANCE);
        HttpRoute route = new HttpRoute(host, null, URIScheme.HTTPS.same(host.getSchemeName()));
        LeaseRequest lease = this.pool.lease("", route, this.patience, state);
        request.setDependency(lease);
        try {
            return lease.get(this.patience);
        }
        catch (TimeoutException | ExecutionException ex) {
            lease.cancel();
            throw new IOException("No connection was free", ex);
        }
        catch (InterruptedException ex) {
            lease.cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The attempt was interrupted");
        }
    }

    /**
     * For how long the connection is kept; null: not at all.
     */
    private @Nullable TimeValue exchange(ConnectionEndpoint connection, HttpPost request, HttpClientContext context,
            AnswerReader reader) throws IOException, HttpException {
        if (!connection.isConnected()) {
            this.pool.connect(connection, this.patience, context);
        }
        // The attempt's deadline closes it; a timeout would be a timer for each read
        connection.setSocketTimeout(Timeout.DISABLED);
        ClassicHttpResponse response = connection.execute("", request, this.executor::execute, context);
        boolean whole = reader.read(response);
        return (whole && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                ? DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context) : null;
    }

    @Override
    public void close() {
        this.evictor.shutdown();
        this.pool.close(CloseMode.GRACEFUL);
    }

    /**
     * What reads an answer.
     */
    @FunctionalInterface
    interface AnswerReader {

        /**
         * Reads it, and says whether to its end.
         */
        boolean read(ClassicHttpResponse response) throws IOException;

    }

    /**
     * A connection that a request has. It is given back once, by the request's end or by
     * its deadline: a moment later it is another one's.
     */
    private final class Leased implements Cancellable {

        private final ConnectionEndpoint connection;

        private final AtomicBoolean ended = new AtomicBoolean();

        Leased(ConnectionEndpoint connection) {
            this.connection = connection;
        }

        /**
         * @param kept for how long it may be used for others; null: it is closed
         * @param state whether it is a kept one from now on
         */
        void end(@Nullable TimeValue kept, Object state) {
            if (kept == null) {
                cancel();
            }
            else if (this.ended.compareAndSet(false, true)) {
                WebhookConnections.this.pool.release(this.connection, state, kept);
            }
        }

        @Override
        public boolean cancel() {
            boolean first = this.ended.compareAndSet(false, true);
            if (first) {
                try {
                    this.connection.close(CloseMode.IMMEDIATE);
                }
                finally {
                    WebhookConnections.this.pool.release(this.connection, null, TimeValue.ZERO_MILLISECONDS);
                }
            }
            return first;
        }

    }

}
