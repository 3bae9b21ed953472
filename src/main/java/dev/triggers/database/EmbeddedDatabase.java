package dev.triggers.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for development, run as a child of this process on a free port. Its
 * data and secrets stay in the data directory across restarts and kills.
 */
final class EmbeddedDatabase {

    private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final Duration START = Duration.ofSeconds(60);

    private EmbeddedDatabase() {
    }

    static Database start(DatabaseProperties properties) {
        Path directory = properties.dataDirectory().toAbsolutePath();
        Path data = directory.resolve("postgres");
        try {
            Files.createDirectories(directory);
            stopOrphan(data.resolve("postmaster.pid"));
            logger.info("Starting the embedded PostgreSQL in {} (the first time this takes some seconds)", data);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                // The library's defaults trade durability for speed.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", Integer.toString(properties.maxConnections() + 20))
                .setPGStartupWait(START)
                .start();
            DatabaseUrl url = new DatabaseUrl(server.getJdbcUrl("postgres", "postgres"), null, null);
            return new Database(url, url, secrets(properties, directory.resolve("secrets.properties")), true,
                    () -> stop(server));
        }
        catch (IOException ex) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start in " + data, ex);
        }
    }

    /**
     * A server outlives the process that started it when that is killed, and would keep
     * the data directory locked.
     */
    private static void stopOrphan(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle server = ProcessHandle.of(pid).orElse(null);
        if (server == null || !server.info().command().orElse("").endsWith("postgres")) {
            return;
        }
        logger.info("Stopping the embedded PostgreSQL (pid {}) that a killed process left behind", pid);
        server.destroy();
        try {
            server.onExit().get(START.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        catch (java.util.concurrent.ExecutionException | TimeoutException ex) {
            throw new IOException("PostgreSQL process " + pid + " does not stop", ex);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        }
        catch (IOException ex) {
            logger.warn("The embedded PostgreSQL did not stop cleanly", ex);
        }
    }

    private static ServiceSecrets secrets(DatabaseProperties configured, Path file) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                kept.load(in);
            }
        }
        else {
            kept.setProperty("API_KEY_SALT", random());
            kept.setProperty("WEBHOOK_SECRET", random());
            try (OutputStream out = Files.newOutputStream(file)) {
                kept.store(out, "Made for the embedded database beside it; worthless without it, and it without them.");
            }
        }
        return new ServiceSecrets(either(configured.apiKeySalt(), kept.getProperty("API_KEY_SALT")),
                either(configured.webhookSecret(), kept.getProperty("WEBHOOK_SECRET")));
    }

    private static String either(String configured, String kept) {
        return configured.isEmpty() ? kept : configured;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

}
