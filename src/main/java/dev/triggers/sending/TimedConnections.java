package dev.triggers.sending;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that tell how long each step took.
 */
final class TimedConnections extends PoolingHttpClientConnectionManagerBuilder {

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(SchemePortResolver ports, DnsResolver names,
            TlsSocketStrategy tls) {
        return new Operator(ports, names, tls);
    }

    private static final class Operator extends DefaultHttpClientConnectionOperator {

        Operator(SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            super(ports, names, RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
        }

        @Override
        public void connect(ManagedHttpClientConnection connection, HttpHost host, @Nullable NamedEndpoint name,
                @Nullable Path socket, @Nullable InetSocketAddress local, Timeout timeout, SocketConfig config,
                @Nullable Object attachment, HttpContext context) throws IOException {
            Milestones milestones = Milestones.of(context);
            milestones.connecting();
            try {
                super.connect(connection, host, name, socket, local, timeout, config, attachment, context);
            }
            finally {
                milestones.reached(connection);
            }
        }

        @Override
        protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
            Milestones.of(context).resolved();
        }

        @Override
        protected void onAfterSocketConnect(HttpContext context, HttpHost host) {
            Milestones.of(context).connected();
        }

        @Override
        protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
            Milestones.of(context).shaking();
        }

        @Override
        protected void onAfterTlsHandshake(HttpContext context, HttpHost host) {
            Milestones.of(context).secured();
        }

    }

}
