package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.triggers.support.Api;

import static org.awaitility.Awaitility.await;

/**
 * The service in a process of its own, which can be killed, frozen and stopped.
 */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private static final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** Below those that the system gives. */
    private static final AtomicInteger nextPort = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(20_000, 30_000));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Process::destroyForcibly)));
    }

    private final Process process;

    private final Path log;

    private final int port;

    private final Api api;

    private ServiceProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.api = Api.at(port);
    }

    /**
     * Begins to start an instance.
     * @param databaseUrl where its database is
     * @param settings further environment variables
     */
    static ServiceProcess start(String databaseUrl, Map<String, String> settings) {
        return start(databaseUrl, settings, UnaryOperator.identity());
    }

    /**
     * Begins to start an instance.
     * @param databaseUrl where its database is
     * @param settings further environment variables
     * @param around makes of the command one that runs it in the same process
     */
    static ServiceProcess start(String databaseUrl, Map<String, String> settings, UnaryOperator<List<String>> around) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "fault"));
            int port = freePort();
            Path log = directory.resolve("service-" + port + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                    around.apply(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                            "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=Pacific/Auckland",
                            "--enable-native-access=ALL-UNNAMED", "-cp", absoluteClassPath(), Leak.class.getName())))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
            builder.environment()
                .putAll(Map.of("DATABASE_URL", databaseUrl, "PORT", Integer.toString(port), "API_KEY_SALT",
                        "pepper-of-the-test-suite", "WEBHOOK_SECRET", "secret-of-the-test-suite",
                        "WEBHOOK_ALLOW_PRIVATE_NETWORKS", "true", "REGISTRATION", "open"));
            builder.environment().putAll(settings);
            Process process = builder.start();
            running.add(process);
            return new ServiceProcess(process, log, port);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String absoluteClassPath() {
        String separator = System.getProperty("path.separator");
        return List.of(System.getProperty("java.class.path").split(separator))
            .stream()
            .map((entry) -> Path.of(entry).toAbsolutePath().toString())
            .collect(java.util.stream.Collectors.joining(separator));
    }

    /** One that no other socket gets by chance until the service listens there. */
    private static int freePort() {
        while (true) {
            int port = nextPort.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            }
            catch (IOException ex) {
                // somebody else's
            }
        }
    }

    ServiceProcess awaitReady() {
        await().atMost(START).until(this::isReady);
        return this;
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

    Api api() {
        return this.api;
    }

    /** What it has written so far. */
    List<String> log() {
        try {
            return Files.readAllLines(this.log);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    int port() {
        return this.port;
    }

    /** Ends it without a chance to do anything about it. */
    void kill() {
        this.process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Asks it to end. */
    void terminate() {
        this.process.destroy();
    }

    boolean isAlive() {
        return this.process.isAlive();
    }

    /** Its exit status, once it has ended. */
    int awaitExit(Duration atMost) {
        try {
            if (!this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The service did not end within " + atMost);
            }
            return this.process.exitValue();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** Fills its heap, until something in it finds no room. */
    void leak() {
        try {
            this.process.getOutputStream().write('\n');
            this.process.getOutputStream().flush();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Lets it have this many open files and connections; there may be more already. */
    void limitFiles(int most) {
        run("prlimit", "--nofile=" + most + ":", "--pid", pid());
    }

    /** Stops its time. */
    void freeze() {
        run("kill", "-STOP", pid());
    }

    /** Lets its time go on. */
    void thaw() {
        run("kill", "-CONT", pid());
    }

    private String pid() {
        return Long.toString(this.process.pid());
    }

    private static void run(String... command) {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        kill();
        running.remove(this.process);
    }

}
