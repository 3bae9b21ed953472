package dev.triggers.web;

import dev.triggers.settings.MemoryProperties;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * The server's settings that no property has.
 */
@Component
final class ServerCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    /** Idle connections should not cost the heap 16 KiB each. */
    private static final String SOCKET_BUFFER = "4096";

    static final int MOST_HEADERS = 100;

    private final ProblemWriter writer;

    private final RequestPlaces places;

    private final Connections connections;

    private final MemoryProperties memory;

    ServerCustomizer(ProblemWriter writer, RequestPlaces places, Connections connections, MemoryProperties memory) {
        this.writer = writer;
        this.places = places;
        this.connections = connections;
        this.memory = memory;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(SmallBufferProtocol.class.getName());
        factory.addContextCustomizers((context) -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new ProblemErrorValve(this.writer, this.connections));
        });
        factory.addConnectorCustomizers((connector) -> {
            connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER);
            connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER);
            connector.setProperty("processorCache", Integer.toString(this.places.most()));
            connector.setProperty("maxHeaderCount", Integer.toString(MOST_HEADERS));
            // Who waits for leave to send a body hears a refusal instead of it.
            connector.setProperty("continueResponseTiming", "onRead");
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
                protocol.setMaxConnections(this.memory.scaled(protocol.getMaxConnections()));
            }
        });
        factory.addProtocolHandlerCustomizers((handler) -> {
            handler.setExecutor(this.places);
            if (handler instanceof AbstractProtocol<?> protocol) {
                this.connections.watch(protocol);
            }
        });
    }

    /** After the properties have been applied, and after the valves of others. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

}
