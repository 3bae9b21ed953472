package dev.triggers.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, made with the programs that Debian installs, for tests
 * that dump, restore, copy and promote. As root it runs as the user postgres.
 */
public final class PostgresCluster implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path bin;

    private final Path folder;

    private final Path data;

    private final int port;

    private PostgresCluster(Path bin, Path folder, String data, int port) {
        this.bin = bin;
        this.folder = folder;
        this.data = folder.resolve(data);
        this.port = port;
    }

    /**
     * The programs, of the newest version; empty where there are none.
     */
    public static Optional<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map((version) -> version.resolve("bin"))
                .filter((bin) -> Files.isExecutable(bin.resolve("initdb")))
                .max(Comparator.comparing(Path::toString));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts an empty server. */
    public static PostgresCluster start() {
        return startIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Starts an empty server whose data is below a folder. */
    public static PostgresCluster startIn(Path parent) {
        PostgresCluster cluster = folder(parent, programs().orElseThrow(), "data");
        cluster.run("initdb", "-D", cluster.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        cluster.begin();
        return cluster;
    }

    /** Starts a standby that follows another server. */
    public static PostgresCluster standbyOf(PostgresCluster primary) {
        PostgresCluster standby = folder(primary.bin, "data");
        standby.run("pg_basebackup", "-D", standby.data(), "-R", "-X", "stream", "-c", "fast", "-h", "127.0.0.1", "-p",
                Integer.toString(primary.port), "-U", "postgres");
        standby.begin();
        return standby;
    }

    /** A place for a server, whose data somebody else puts into a folder there. */
    public static PostgresCluster place(String data) {
        return folder(programs().orElseThrow(), data);
    }

    private static PostgresCluster folder(Path bin, String data) {
        return folder(Path.of(System.getProperty("java.io.tmpdir")), bin, data);
    }

    private static PostgresCluster folder(Path parent, Path bin, String data) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path folder = Files.createTempDirectory(parent, "cluster");
            if (ROOT) {
                Files.setOwner(folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
            return new PostgresCluster(bin, folder, data, free.getLocalPort());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private String data() {
        return this.data.toString();
    }

    private void begin() {
        run("pg_ctl", "-D", data(), "-w", "-l", this.folder.resolve("log").toString(), "-o",
                "-p " + this.port + " -k " + this.folder + " -c listen_addresses=127.0.0.1 -c max_connections=100",
                "start");
    }

    /** Starts again after a kill. */
    public void restart() {
        begin();
    }

    /** Dies as in a power cut. */
    public void kill() {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    /** Starts again, unless it has survived. */
    public void restartIfDown() {
        shell("pg_ctl -D '" + data() + "' status || pg_ctl -D '" + data() + "' -w -l log -o '-p " + this.port + " -k "
                + this.folder + " -c listen_addresses=127.0.0.1 -c max_connections=100' start", Map.of());
    }

    /** Stops as it should. */
    public void stop() {
        run("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
    }

    /** Stops its time, and that of all its processes. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets its time go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        shell("pid=$(head -1 '" + data() + "/postmaster.pid'); kill -" + name + " $pid; pkill -" + name + " -P $pid",
                Map.of());
    }

    public void promote() {
        run("pg_ctl", "-D", data(), "-w", "promote");
    }

    public void createDatabase(String name) {
        sql("postgres", "create database " + name);
    }

    /** The first column of the first row, in words. */
    public String sql(String database, String sql) {
        return run("psql", "-h", "127.0.0.1", "-p", Integer.toString(this.port), "-U", "postgres", "-d", database,
                "-qAtc", sql)
            .strip();
    }

    /**
     * Copies a database into one of this server, as {@code pg_dump} and {@code psql} do.
     */
    public void restore(PostgresCluster from, String database) {
        Path dump = this.folder.resolve("dump.sql");
        from.run("pg_dump", "-h", "127.0.0.1", "-p", Integer.toString(from.port), "-U", "postgres", "-f",
                from.folder.resolve("dump.sql").toString(), database);
        createDatabase(database);
        run("psql", "-h", "127.0.0.1", "-p", Integer.toString(this.port), "-U", "postgres", "-d", database, "-q", "-v",
                "ON_ERROR_STOP=1", "-f", from.folder.resolve("dump.sql").toString());
        dump.toFile().delete();
    }

    /** Its {@code DATABASE_URL}. */
    public String url(String database) {
        return "postgres://postgres:postgres@127.0.0.1:" + this.port + "/" + database;
    }

    /**
     * Runs commands in this server's folder, with its programs, as somebody would type
     * them.
     */
    public void shell(String commands, Map<String, String> environment) {
        execute("commands", List.of("bash", "-euc", commands), environment);
    }

    /** Where the server, once it is started by somebody else, is to be found. */
    public String settings() {
        return "port = %d%nunix_socket_directories = '%s'%n".formatted(this.port, this.folder);
    }

    private String run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(this.bin.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return execute(program, command, Map.of());
    }

    private String execute(String name, List<String> words, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(words);
        try {
            Path output = Files.createTempFile("cluster", ".out");
            // A server that is started keeps the output open, so it is no pipe
            ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().merge("PATH", this.bin.toString(), (path, own) -> own + ":" + path);
            Process process = builder.start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(name + ": " + said);
            }
            return said;
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
        try {
            kill();
        }
        catch (IllegalStateException ex) {
            // It was killed before
        }
        try (Stream<Path> files = Files.walk(this.folder)) {
            files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
