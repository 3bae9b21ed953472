package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;

import static org.awaitility.Awaitility.await;

/**
 * An instance of some version, as a balancer knows it: it is given requests once it is
 * ready, and told to end when none is under way there any more.
 */
final class RunningRelease implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private final AtomicInteger underWay = new AtomicInteger();

    private final Process process;

    private final Path log;

    private final Api api;

    private RunningRelease(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.api = Api.at(port);
    }

    static RunningRelease start(Release release, String databaseUrl) {
        try {
            int port = freePort();
            Path directory = Files.createDirectories(Path.of("target", "versions"));
            Path log = directory.resolve(release.name() + "-" + port + ".log");
            List<String> command = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
            command.addAll(release.program());
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
            builder.environment()
                .putAll(Map.of("DATABASE_URL", databaseUrl, "PORT", Integer.toString(port), "API_KEY_SALT",
                        "pepper-of-the-test-suite", "WEBHOOK_SECRET", "secret-of-the-test-suite",
                        "WEBHOOK_ALLOW_PRIVATE_NETWORKS", "true", "REGISTRATION", "open", "DELIVERY_BACKOFF",
                        "100ms,200ms,300ms,300ms", "CIRCUIT_FAILURES", "100000"));
            RunningRelease running = new RunningRelease(builder.start(), log, port);
            await().atMost(START).until(running::isReady);
            return running;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private boolean isReady() throws IOException {
        if (!this.process.isAlive()) {
            throw new IllegalStateException("The service did not start:\n" + Files.readString(this.log));
        }
        try {
            return this.api.get("/health/ready", null).status() == 200;
        }
        catch (UncheckedIOException ex) {
            // Does not listen yet
            return false;
        }
    }

    Api begin() {
        this.underWay.incrementAndGet();
        return this.api;
    }

    void end() {
        this.underWay.decrementAndGet();
    }

    /** Ends as it should, once nothing is under way. */
    void stop() {
        await().atMost(START).until(() -> this.underWay.get() == 0);
        this.process.destroy();
        try {
            if (!this.process.waitFor(40, TimeUnit.SECONDS)) {
                throw new AssertionError("The service did not end within 40 s");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        this.process.destroyForcibly();
    }

}
