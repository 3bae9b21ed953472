package dev.triggers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import dev.triggers.database.DatabaseProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Serves a developer who did not choose a port on a free one, where the usual one is
 * taken.
 */
@Component
final class DevelopmentPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(DevelopmentPort.class);

    private final DatabaseProperties database;

    private final Environment environment;

    DevelopmentPort(DatabaseProperties database, Environment environment) {
        this.database = database;
        this.environment = environment;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        boolean development = this.database.url().isEmpty();
        if (development && !this.environment.containsProperty("PORT") && isTaken(factory)) {
            logger.info("Port {} is taken, using a free one; set PORT to choose", factory.getPort());
            factory.setPort(0);
        }
    }

    private static boolean isTaken(TomcatServletWebServerFactory factory) {
        if (factory.getPort() <= 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(factory.getAddress(), factory.getPort()));
            return false;
        }
        catch (IOException ex) {
            return true;
        }
    }

    /** After the properties have been applied. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

}
