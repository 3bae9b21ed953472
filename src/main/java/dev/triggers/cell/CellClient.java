package dev.triggers.cell;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes requests to other cells. Their addresses are the operator's, so no guard is asked
 * for them. Where there is no other cell, there is no client either.
 */
@Component
final class CellClient {

    private static final Timeout CONNECT = Timeout.ofSeconds(1);

    /** Between two pieces of an answer: a stream says something every 15 seconds. */
    private static final Timeout SILENCE = Timeout.ofSeconds(45);

    private static final long SPARE_MILLIS = 2_000;

    private final @Nullable CloseableHttpClient client;

    private final @Nullable ScheduledThreadPoolExecutor deadlines;

    CellClient(Cells cells) {
        boolean alone = cells.others().isEmpty();
        this.client = alone ? null : newClient();
        this.deadlines = alone ? null
                : new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("cell-deadlines").daemon().factory());
        if (this.deadlines != null) {
            this.deadlines.setRemoveOnCancelPolicy(true);
        }
    }

    private static CloseableHttpClient newClient() {
        return HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                // Who comes in is counted before
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(SILENCE)
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                    .build())
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .build())
            .setRequestExecutor(new PatientExecutor())
            .setDefaultRequestConfig(RequestConfig.custom()
                .setDefaultKeepAlive(30, TimeUnit.SECONDS)
                .setProtocolUpgradeEnabled(false)
                .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState()
            .disableDefaultUserAgent()
            .evictIdleConnections(TimeValue.ofSeconds(30))
            .build();
    }

    /**
     * Sends a request, and waits for the head of its answer. What waits for longer than
     * it may is cancelled.
     * @param sending how long its body may take
     * @param patience how long its answer may take from there
     * @return the answer, to be closed
     */
    ClassicHttpResponse open(OtherCell cell, HttpUriRequestBase request, Duration sending, Duration patience)
            throws IOException {
        // Nothing else ends a write to who does not read
        Future<?> deadline = deadline(request, sending.plus(patience));
        try {
            return send(cell, request, patience);
        }
        finally {
            deadline.cancel(false);
        }
    }

    /**
     * Sends a request without a body of note, and reads its answer.
     * @param most so many bytes of an answer are read
     * @param patience how long all of it may take
     * @return the answer to 200
     * @throws IOException if it does not come whole, or is another one
     */
    byte[] read(OtherCell cell, HttpUriRequestBase request, int most, Duration patience) throws IOException {
        Future<?> deadline = deadline(request, patience);
        try (ClassicHttpResponse response = send(cell, request, patience)) {
            if (response.getCode() != HttpStatus.SC_OK || response.getEntity() == null) {
                // To read it to its end would be to wait for it
                request.cancel();
                throw new IOException("it answered " + response.getCode());
            }
            byte[] answer = response.getEntity().getContent().readNBytes(most + 1);
            if (answer.length > most) {
                request.cancel();
                throw new IOException("its answer has more than " + most + " bytes");
            }
            return answer;
        }
        finally {
            deadline.cancel(false);
        }
    }

    private ClassicHttpResponse send(OtherCell cell, HttpUriRequestBase request, Duration patience) throws IOException {
        if (this.client == null) {
            throw new IllegalStateException("There are no other cells");
        }
        request.setConfig(RequestConfig.custom()
            .setResponseTimeout(Timeout.of(patience))
            .setConnectionRequestTimeout(CONNECT)
            .setProtocolUpgradeEnabled(false)
            .build());
        return this.client.executeOpen(HttpHost.create(cell.address()), request, null);
    }

    private Future<?> deadline(HttpUriRequestBase request, Duration patience) {
        if (this.deadlines == null) {
            throw new IllegalStateException("There are no other cells");
        }
        long most = CONNECT.toMilliseconds() + patience.toMillis() + SPARE_MILLIS;
        return this.deadlines.schedule(() -> request.cancel(), most, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() throws IOException {
        if (this.client != null) {
            this.client.close();
        }
        if (this.deadlines != null) {
            this.deadlines.shutdownNow();
        }
    }

    /** The patience that a request has is for the head of its answer alone. */
    private static final class PatientExecutor extends HttpRequestExecutor {

        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
                HttpResponseInformationCallback informed, HttpContext context) throws IOException, HttpException {
            ClassicHttpResponse response = super.execute(request, connection, informed, context);
            connection.setSocketTimeout(SILENCE);
            return response;
        }

    }

}
