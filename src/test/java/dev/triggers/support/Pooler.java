package dev.triggers.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/**
 * PgBouncer before the server of a database: it gives every transaction another session,
 * and all else is as it is by default.
 */
public final class Pooler implements AutoCloseable {

    /** Debian's, or another version. */
    private static final Path PROGRAM = Path.of(System.getProperty("test.pgbouncer", "/usr/sbin/pgbouncer"));

    /** The first that can keep prepared statements. */
    private static final Pattern KEEPS_STATEMENTS = Pattern.compile("PgBouncer 1\\.(2[1-9]|[3-9][0-9])");

    private static final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** Below those that the system gives. */
    private static final AtomicInteger nextPort = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(10_000, 20_000));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Process::destroyForcibly)));
    }

    private final Process process;

    private final int port;

    private Pooler(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Whether it can keep prepared statements.
     */
    public static boolean keepsStatements() {
        if (!installed()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(PROGRAM.toString(), "--version").start();
            return KEEPS_STATEMENTS.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .find();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Starts one.
     * @param databaseUrl a database of the server, and who uses it
     * @param settings further lines of its configuration
     */
    public static Pooler before(String databaseUrl, String... settings) {
        URI url = URI.create(databaseUrl);
        int port = freePort();
        try {
            Path folder = Files.createTempDirectory("pooler");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            String[] user = url.getUserInfo().split(":", 2);
            Path users = Files.writeString(folder.resolve("users"), "\"" + user[0] + "\" \"" + user[1] + "\"\n");
            Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=%s port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s
                    pool_mode = transaction
                    %s
                    """.formatted(url.getHost(), url.getPort(), port, users, String.join("\n", settings)));
            List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
            if (System.getProperty("user.name").equals("root")) {
                // As which it refuses to run
                command.addAll(List.of("-u", "postgres"));
            }
            command.add(configuration.toString());
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
            running.add(process);
            await().until(() -> answers(port));
            return new Pooler(process, port);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * The way to a database of the server through this one.
     */
    public String through(String databaseUrl) {
        URI url = URI.create(databaseUrl);
        return "postgres://" + url.getRawUserInfo() + "@localhost:" + this.port + url.getRawPath();
    }

    private static boolean answers(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

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

    @Override
    public void close() {
        this.process.destroyForcibly();
        running.remove(this.process);
    }

}
