package dev.triggers.sending;

import java.io.IOException;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

import dev.triggers.webhook.AddressGuard;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * The connections of all attempts. They are made only to addresses that the guard allows.
 * A kept one is looked at before its next use only if it has been idle for a second: what
 * was closed since is found out by using it.
 */
@Configuration(proxyBeanMethods = false)
class WebhookHttpConfiguration {

    /**
     * A connection has three buffers of it for as long as it is kept: most requests with
     * their event fit one. The library's 32 KiB are for a client of few connections.
     */
    private static final int BUFFER = 8 * 1024;

    /**
     * Bounds what follows a head too: the trailers of a chunked body, which we ignore.
     */
    private static final Http1Config LINES = Http1Config.custom()
        .setBufferSize(BUFFER)
        .setMaxHeaderCount(8)
        .setMaxLineLength(BoundedHeadParserFactory.MAX_HEAD)
        .build();

    /**
     * Made with the first connection that needs it, since the trusted certificates take a
     * part of a start.
     */
    private static final SingletonSupplier<TlsSocketStrategy> TLS = SingletonSupplier
        .of(DefaultClientTlsStrategy::createDefault);

    private static final String HANDSHAKE = WebhookHttpConfiguration.class.getName() + ".handshake";

    /** Whether a connection was there, so that TLS could begin on it. */
    static boolean handshakeBegan(HttpContext context) {
        return context.getAttribute(HANDSHAKE) != null;
    }

    private static SSLSocket shakeHands(Socket socket, String host, int port, @Nullable Object attachment,
            HttpContext context) throws IOException {
        TlsSocketStrategy tls = TLS.obtain();
        context.setAttribute(HANDSHAKE, true);
        return tls.upgrade(socket, host, port, attachment, context);
    }

    @Bean
    WebhookConnections webhookConnections(SendingProperties properties, AddressGuard guard) {
        return new WebhookConnections(pool(properties, guard), behind(properties));
    }

    /** Later than the attempt's own deadline, which knows what was waited for. */
    private static Timeout behind(SendingProperties properties) {
        return Timeout.of(properties.timeout().plusSeconds(1));
    }

    private static PoolingHttpClientConnectionManager pool(SendingProperties properties, AddressGuard guard) {
        return new TimedConnections().setMaxConnTotal(properties.connections() + TestPlaces.TOTAL)
            .setMaxConnPerRoute(properties.connections())
            .setTlsSocketStrategy(WebhookHttpConfiguration::shakeHands)
            .setDnsResolver(new GuardedResolver(guard))
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setSocketTimeout(behind(properties))
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build())
            .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
            .setConnectionFactory(AttemptConnection.factory(LINES))
            .build();
    }

}
