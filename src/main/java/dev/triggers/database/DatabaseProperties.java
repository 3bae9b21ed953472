package dev.triggers.database;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Which database to use and how much of it.
 *
 * @param url {@code postgres://…} or {@code jdbc:postgresql://…}; empty: an embedded
 * server, for development
 * @param listenUrl a direct connection for LISTEN where {@code url} leads to a pooler;
 * empty: the same
 * @param readUrl a standby that is read from where the last moment does not matter;
 * empty: none
 * @param readStaleness how old what it shows may be, or it is not read from
 * @param maxConnections size of the pool; one more connection listens beside it
 * @param dataDirectory where the embedded server keeps its data
 * @param retentionDays days after which the history of a day is dropped
 * @param startWait how long a start waits for a database that does not answer
 * @param apiKeySalt pepper of the API keys' hashes
 * @param webhookSecret what the endpoints' secrets are encrypted with
 */
@ConfigurationProperties("triggers.database")
public record DatabaseProperties(@DefaultValue("") String url, @DefaultValue("") String listenUrl,
        @DefaultValue("") String readUrl, @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration readStaleness,
        @DefaultValue("10") int maxConnections, @DefaultValue("data") Path dataDirectory,
        @DefaultValue("30") int retentionDays, @DefaultValue("15s") Duration startWait,
        @DefaultValue("") String apiKeySalt, @DefaultValue("") String webhookSecret) {

    public DatabaseProperties {
        ConfigurationException.requireBetween("MAX_DB_CONNECTIONS", maxConnections, 4, 1000);
        if (readStaleness.compareTo(Duration.ofSeconds(1)) < 0 || readStaleness.compareTo(Duration.ofDays(1)) > 0) {
            throw new ConfigurationException("DATABASE_READ_STALENESS must be between 1s and 1d");
        }
        ConfigurationException.requireBetween("RETENTION_DAYS", retentionDays, 2, 3650);
    }

    @Override
    public String toString() {
        // The rest may hold secrets
        return "DatabaseProperties[maxConnections=" + this.maxConnections + "]";
    }

}
