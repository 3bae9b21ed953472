package dev.triggers.database;

import java.nio.file.Path;
import java.time.Duration;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database to use and how much of it.
 *
 * @param url {@code postgres://…} or {@code jdbc:postgresql://…}; empty: an embedded
 * server, for development
 * @param listenUrl a direct connection for LISTEN where {@code url} leads to a pooler;
 * empty: the same
 * @param maxConnections size of the pool; one more connection listens beside it
 * @param dataDirectory where the embedded server keeps its data
 * @param retentionDays days after which the history of a day is dropped
 * @param startWait how long a start waits for a database that does not answer
 * @param apiKeySalt pepper of the API keys' hashes
 * @param webhookSecret what the endpoints' secrets are encrypted with
 */
@ConfigurationProperties("triggers.database")
public record DatabaseProperties(@DefaultValue("") String url, @DefaultValue("") String listenUrl,
        @DefaultValue("10") int maxConnections, @DefaultValue("data") Path dataDirectory,
        @DefaultValue("30") int retentionDays, @DefaultValue("15s") Duration startWait,
        @DefaultValue("") String apiKeySalt, @DefaultValue("") String webhookSecret) {

    public DatabaseProperties {
        ConfigurationException.requireBetween("MAX_DB_CONNECTIONS", maxConnections, 4, 1000);
        ConfigurationException.requireBetween("RETENTION_DAYS", retentionDays, 2, 3650);
    }

    @Override
    public String toString() {
        // The rest may hold secrets
        return "DatabaseProperties[maxConnections=" + this.maxConnections + "]";
    }

}
