package dev.triggers.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL server for the whole test run, in a container where an engine answers,
 * else embedded; or, to test with another version, the server at {@code TEST_POSTGRES}
 * ({@code host:port}, superuser postgres with the password postgres). Each application
 * context gets a database of its own. With {@code -Dtest.pooler=true} a pooler is before
 * it.
 */
public final class PostgresServer {

    private static final PostgresServer INSTANCE = start();

    /** Lives as long as the test run. */
    private static final @Nullable Pooler POOLER = BehindPooler.wanted() ? Pooler.before(INSTANCE.url("postgres"))
            : null;

    private final String host;

    private final int port;

    private final String user;

    private final String password;

    private PostgresServer(String host, int port, String user, String password) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /**
     * Makes an empty database whose sessions live far from UTC.
     * @return its {@code DATABASE_URL}
     */
    public static String newDatabase() {
        String direct = newDirectDatabase();
        return (POOLER != null) ? POOLER.through(direct) : direct;
    }

    /**
     * The same, with nothing before it.
     */
    public static String newDirectDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = INSTANCE.connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            statement.execute("alter database " + name + " set timezone = 'Pacific/Auckland'");
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return INSTANCE.url(name);
    }

    /**
     * A client of such a database, beside the service.
     */
    public static JdbcClient client(String databaseUrl) {
        return JdbcClient.create(dataSource(databaseUrl));
    }

    /**
     * Connections to such a database, beside the service's.
     */
    public static DataSource dataSource(String databaseUrl) {
        URI url = URI.create(databaseUrl);
        String[] user = url.getUserInfo().split(":", 2);
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath());
        dataSource.setUser(user[0]);
        dataSource.setPassword(user[1]);
        if (POOLER != null) {
            dataSource.setPrepareThreshold(0);
        }
        return dataSource;
    }

    private String url(String database) {
        return "postgres://" + this.user + ":" + this.password + "@" + this.host + ":" + this.port + "/" + database;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + this.host + ":" + this.port + "/" + database,
                this.user, this.password);
    }

    private static PostgresServer start() {
        String given = System.getenv("TEST_POSTGRES");
        if (given != null) {
            String[] address = given.split(":", 2);
            return new PostgresServer(address[0], Integer.parseInt(address[1]), "postgres", "postgres");
        }
        return containersAvailable() ? startContainer() : startEmbedded();
    }

    private static boolean containersAvailable() {
        return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    }

    // Lives as long as the test run
    @SuppressWarnings("resource")
    private static PostgresServer startContainer() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
        container.withCommand("postgres", "-c", "max_connections=300").start();
        return new PostgresServer(container.getHost(), container.getFirstMappedPort(), container.getUsername(),
                container.getPassword());
    }

    // Lives as long as the test run
    @SuppressWarnings("resource")
    private static PostgresServer startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
            return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
