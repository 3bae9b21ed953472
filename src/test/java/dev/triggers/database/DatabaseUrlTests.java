package dev.triggers.database;

import java.util.Map;
import java.util.stream.Stream;

import dev.triggers.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What providers hand out, and what becomes of it.
 */
class DatabaseUrlTests {

    private static final String SYSTEM = "org.postgresql.ssl.DefaultJavaSSLFactory";

    static Stream<Arguments> handedOut() {
        return Stream.of(
                // a platform's own network
                arguments("postgres://u:p@db.internal:5432/app?sslmode=disable",
                        "jdbc:postgresql://db.internal:5432/app",
                        Map.of("user", "u", "password", "p", "sslmode", "disable")),
                // serverless, with a proxy that tells databases apart by options
                arguments(
                        "postgresql://u:p@ep-1.eu.example.com/db?sslmode=require&channel_binding=require"
                                + "&options=endpoint%3Dep-1",
                        "jdbc:postgresql://ep-1.eu.example.com/db",
                        Map.of("user", "u", "password", "p", "sslmode", "require", "channelBinding", "require",
                                "options", "endpoint=ep-1")),
                // verified against the system's certificates
                arguments("postgres://u:p@h/db?sslmode=verify-full&sslrootcert=system", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "verify-full", "sslfactory", SYSTEM)),
                arguments("postgres://u:p@h/db?sslrootcert=system", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "verify-full", "sslfactory", SYSTEM)),
                arguments("postgres://u:p@h/db?sslmode=verify-full", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "verify-full", "sslfactory", SYSTEM)),
                arguments("postgres://u:p@h/db?sslmode=verify-ca&sslrootcert=/etc/ca%20s.pem", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "verify-ca", "sslrootcert", "/etc/ca s.pem")),
                arguments("postgres://u:p@h/db?ssl=true", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "require")),
                arguments("postgres://u:p@h/db?sslmode=require&sslnegotiation=direct", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p", "sslmode", "require", "sslNegotiation", "direct")),
                // several hosts, the writable one wanted
                arguments("postgres://u:p@a:5432,b:5433/db?target_session_attrs=read-write",
                        "jdbc:postgresql://a:5432,b:5433/db",
                        Map.of("user", "u", "password", "p", "targetServerType", "primary")),
                arguments("postgres://u:p@a,b/db?target_session_attrs=any&load_balance_hosts=random",
                        "jdbc:postgresql://a,b/db",
                        Map.of("user", "u", "password", "p", "targetServerType", "any", "loadBalanceHosts", "true")),
                arguments("postgres://u:p@[::1]:5432/db", "jdbc:postgresql://[::1]:5432/db",
                        Map.of("user", "u", "password", "p")),
                // the rest in the query
                arguments("postgres:///?host=h&port=6543&dbname=db&user=u&password=p%26q",
                        "jdbc:postgresql://h:6543/db", Map.of("user", "u", "password", "p&q")),
                arguments("postgresql://h?connect_timeout=10&application_name=mine", "jdbc:postgresql://h/",
                        Map.of("connectTimeout", "10", "ApplicationName", "mine")),
                // percent-encoding everywhere; a plus is a plus
                arguments("postgres://u%40x:p%3A%2F%3F%23%25+%C3%A9@h/d%20b%2F?options=-c%20a%3D1+2",
                        "jdbc:postgresql://h/d+b%2F",
                        Map.of("user", "u@x", "password", "p:/?#%+\u00e9", "options", "-c a=1+2")),
                arguments("postgres://u:p#q:r@h/db", "jdbc:postgresql://h/db",
                        Map.of("user", "u", "password", "p#q:r")),
                // the driver's own form, in which a plus is a blank
                arguments("jdbc:postgresql://h:1/db?user=u&password=p%2Bq&options=-c+a%3D1&prepareThreshold=5",
                        "jdbc:postgresql://h:1/db",
                        Map.of("user", "u", "password", "p+q", "options", "-c a=1", "prepareThreshold", "5")),
                arguments("jdbc:postgresql:db", "jdbc:postgresql:db", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("handedOut")
    void whatAProviderHandsOutIsUnderstood(String url, String address, Map<String, String> parameters) {
        DatabaseUrl parsed = DatabaseUrl.parse("DATABASE_URL", url);
        assertThat(parsed.address()).isEqualTo(address);
        assertThat(parsed.parameters()).isEqualTo(parameters);
        assertThat(parsed.parameters().keySet()).allSatisfy((name) -> assertThat(PGProperty.forName(name)).isNotNull());
        assertThat(parsed).asString().isEqualTo("DatabaseUrl[****]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "postgres:///db?host=/var/run/postgresql|Unix socket",
            "postgres://u:s3cret@%2Fvar%2Frun%2Fpostgresql/db|Unix socket",
            "postgres://u:s3cret@/db?host=/cloudsql/a:b:c|Unix socket", "postgres://u:s3cret@/db|names no host",
            "postgres://:5432/db|names no host", "postgres://u:s3@cret@h/db|percent-encoded",
            "postgres://u:s3/cret@h/db|percent-encoded", "postgres://u:s3%cret@h/db|%25",
            "postgres://u:s3cret@h/db?sslmode=require&sslrootcert=system|verify-full",
            "postgres://u:s3cret@h/db?target_session_attrs=best|target_session_attrs", "mysql://h/db|start with" })
    void whatCannotBeUsedIsToldInOneLine(String url, String reason) {
        assertThatThrownBy(() -> DatabaseUrl.parse("DATABASE_URL", url)).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("DATABASE_URL ")
            .hasMessageContaining(reason)
            .hasMessageNotContaining("s3cret")
            .hasNoCause();
    }

    @Test
    void optionsOfTheUrlGoBeforeThoseOfTheService() throws Exception {
        String url = dev.triggers.support.PostgresServer.newDirectDatabase()
                + "?options=-c%20work_mem%3D7MB%20-c%20enable_seqscan%3Don";
        Sessions sessions = new Sessions(DatabaseUrl.parse("DATABASE_URL", url));
        try (var session = sessions.getConnection(); var statement = session.createStatement()) {
            var row = statement.executeQuery("select current_setting('work_mem'), current_setting('enable_seqscan')");
            row.next();
            assertThat(row.getString(1)).isEqualTo("7MB");
            assertThat(row.getString(2)).isEqualTo("off");
        }
        assertThat(sessions.pooled()).isFalse();
    }

}
