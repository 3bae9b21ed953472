package dev.triggers;

import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.triggers.support.PostgresServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

    private static final String DATABASE = PostgresServer.newDatabase();

    private static String failure(CapturedOutput output, String... settings) {
        Map<String, String> arguments = new LinkedHashMap<>(
                Map.of("PORT", "0", "DATABASE_URL", DATABASE, "API_KEY_SALT", "pepper-of-the-test-suite",
                        "WEBHOOK_SECRET", "secret-of-the-test-suite", "triggers.database.start-wait", "0s"));
        for (String setting : settings) {
            arguments.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        String[] commandLine = arguments.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new);
        Throwable thrown = catchThrowable(() -> SpringApplication.run(TriggersApplication.class, commandLine).close());
        assertThat(thrown).isNotNull();
        List<String> errors = output.getErr()
            .lines()
            .filter((line) -> line.startsWith("The service did not start: "))
            .toList();
        assertThat(errors).as(output.getAll()).hasSize(1);
        assertThat(output.getAll()).doesNotContain("\tat ", " ERROR ", "APPLICATION FAILED TO START");
        return errors.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = { "API_KEY_SALT=short", "WEBHOOK_SECRET=short",
            "WEBHOOK_SECRET=                                ", "DATABASE_URL=mysql://x", "DATABASE_URL=POSTGRES://x/y",
            "DATABASE_URL=postgres://localhost:99999/db", "DATABASE_URL=jdbc:postgresql://localhost:eighty/db",
            "DATABASE_LISTEN_URL=localhost", "PORT=-1", "PORT=eighty", "PORT=99999", "HOST=999.999.1.1",
            "MAX_DB_CONNECTIONS=1" })
    void aBadSettingStopsTheStart(String setting, CapturedOutput output) {
        assertThat(failure(output, setting)).contains("The service did not start: ")
            .contains(setting.substring(0, setting.indexOf('=')) + " ");
    }

    @Test
    void aTakenPortIsToldInOneLine(CapturedOutput output) throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThat(failure(output, "PORT=" + taken.getLocalPort()))
                .contains("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsToldInOneLine(CapturedOutput output) {
        assertThat(failure(output, "DATABASE_URL=postgres://user:s3cret@localhost:1/db")).contains("DATABASE_URL")
            .doesNotContain("s3cret");
    }

    @Test
    void aDatabaseThatNeedsALaterReleaseIsToldInOneLine(CapturedOutput output) {
        String database = PostgresServer.newDirectDatabase();
        Flyway.configure().dataSource(PostgresServer.dataSource(database)).load().migrate();
        PostgresServer.client(database).sql("""
                insert into flyway_schema_history
                  (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (999, '999', 'needs 998 less', 'SQL', 'V999__needs_998_less.sql', 'later', 1, true)
                """).update();
        assertThat(failure(output, "DATABASE_URL=" + database))
            .contains("the database has the schema 999, for instances that know 998 at least");
    }

}
