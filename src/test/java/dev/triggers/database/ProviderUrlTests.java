package dev.triggers.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import dev.triggers.settings.ConfigurationException;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresCluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What providers hand out, against a server that wants TLS and passwords, and against two
 * of which one takes over.
 */
@EnabledIf(value = "isInstalled", disabledReason = "Debian's PostgreSQL is not installed")
class ProviderUrlTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static @Nullable PostgresCluster server;

    static boolean isInstalled() {
        return PostgresCluster.programs().isPresent();
    }

    @BeforeAll
    static void start() throws Exception {
        makeCertificate();
        PostgresCluster server = PostgresCluster.start();
        ProviderUrlTests.server = server;
        server.sql("postgres", "alter role postgres password 'postgres'");
        server.stop();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        server.shell("""
                cp '%1$s'/server.* data/
                chmod 600 data/server.key
                echo 'ssl = on' >> data/postgresql.conf
                echo 'hostssl all all 127.0.0.1/32 scram-sha-256' > data/pg_hba.conf
                """.formatted(folder), Map.of());
        server.restart();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The server's, which is its own authority. */
    private static void makeCertificate() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keystore", keys.toString(), "-storepass", new String(PASSWORD), "-keyalg", "RSA",
                "-alias", "server", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "100")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = load(keys);
        write("server.crt", "CERTIFICATE", store.getCertificate("server").getEncoded());
        write("server.key", "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded());
    }

    private static KeyStore load(Path keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void write(String name, String kind, byte[] content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static Sessions sessions(String host, String parameters) {
        return new Sessions(DatabaseUrl.parse("DATABASE_URL",
                Objects.requireNonNull(server).url("postgres").replace("127.0.0.1", host) + "?"
                        + parameters.replace("FOLDER", "" + folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "sslmode=require", "sslmode=require&channel_binding=require",
            "sslmode=verify-ca&sslrootcert=FOLDER/server.crt", "sslmode=verify-full&sslrootcert=FOLDER/server.crt" })
    void whatIsAskedOfTheServerHolds(String parameters) throws SQLException {
        try (Connection session = sessions("localhost", parameters).getConnection();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next() && row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void whatTheServerCannotShowIsToldInOneLine() {
        refused("localhost", "sslmode=disable", "no pg_hba.conf entry");
        refused("localhost", "sslmode=verify-full&sslrootcert=system", "PKIX path building failed");
        refused("127.0.0.1", "sslmode=verify-full&sslrootcert=FOLDER/server.crt", "127.0.0.1");
    }

    private static void refused(String host, String parameters, String reason) {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> sessions(host, parameters).await("DATABASE_URL", Duration.ZERO))
            .withMessageStartingWith("the database that DATABASE_URL names cannot be used: ")
            .withMessageContaining(reason);
    }

    @Test
    void ofSeveralServersTheOneIsUsedThatTakesWrites() {
        try (PostgresCluster primary = PostgresCluster.start()) {
            primary.createDatabase("triggers");
            try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
                String url = standby.url("triggers")
                    .replaceFirst("@([^/]*)", "@$1," + primary.url("").replaceFirst(".*@([^/]*)/", "$1"))
                        + "?target_session_attrs=read-write";
                try (Instance instance = Instance.start(url, Map.of())) {
                    String key = instance.api().newKey();
                    String id = instance.api().postEvent(key, "before", "1");
                    await().until(() -> standby.sql("triggers", "select count(*) from events").equals("1"));
                    primary.kill();
                    standby.promote();
                    await().until(() -> instance.api()
                        .post("/api/events", key, "{\"type\":\"after\",\"payload\":2}")
                        .status() == 201);
                    assertThat(instance.api().get("/api/events/" + id, key).status()).isEqualTo(200);
                }
            }
        }
    }

}
