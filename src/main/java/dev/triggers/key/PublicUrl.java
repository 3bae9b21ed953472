package dev.triggers.key;

import dev.triggers.database.Database;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What absolute addresses begin with. Only the operator says it, or the embedded
 * development database stands for it: a request's {@code Host} is anybody's word.
 */
@Component
public class PublicUrl {

    private final String configured;

    private final boolean development;

    private volatile int port;

    PublicUrl(PortalProperties properties, Database database) {
        this.configured = properties.publicUrl();
        this.development = database.embedded();
    }

    @EventListener
    void serverStarted(WebServerInitializedEvent event) {
        this.port = event.getWebServer().getPort();
    }

    /**
     * The address without a path; null if it is not known.
     */
    public @Nullable String find() {
        if (!this.configured.isEmpty()) {
            return this.configured;
        }
        return this.development ? "http://localhost:" + this.port : null;
    }

    /**
     * The address without a path.
     * @throws ProblemException 409 if it is not known
     */
    public String require() {
        String url = find();
        if (url == null) {
            throw ProblemException.of(ProblemKind.PUBLIC_URL_NOT_SET,
                    "The operator has not said where the service is: PUBLIC_URL is not set");
        }
        return url;
    }

}
