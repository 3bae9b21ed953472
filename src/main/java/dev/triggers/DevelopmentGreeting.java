package dev.triggers;

import java.util.Locale;

import dev.triggers.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells whoever has just started the service on its embedded database where it is, and
 * what to try first.
 */
@Component
class DevelopmentGreeting {

    private static final Logger logger = LoggerFactory.getLogger(DevelopmentGreeting.class);

    private final Database database;

    DevelopmentGreeting(Database database) {
        this.database = database;
    }

    @EventListener
    void greet(ApplicationReadyEvent ready) {
        if (this.database.embedded() && ready.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            logger.info(text(context.getWebServer().getPort()));
        }
    }

    static String text(int port) {
        return String.format(Locale.ROOT, """
                Ready. The portal: http://localhost:%1$d/ (the API's reference: http://localhost:%1$d/docs)

                Or get a key by hand:
                  curl -X POST http://localhost:%1$d/api/keys/generate \\
                    -H 'Content-Type: application/json' -d '{"organization_name": "Acme"}'

                Post an event with it:
                  curl -X POST http://localhost:%1$d/api/events -H 'X-API-Key: <the key>' \\
                    -H 'Content-Type: application/json' -d '{"type": "user.created", "payload": {"id": 1}}'
                """, port);
    }

}
