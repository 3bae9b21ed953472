package dev.triggers;

import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        "WEBHOOK_SECRET", "secret-of-the-test-suite", "spring.flyway.connect-retries", "0"));
        for (String setting : settings) {
            arguments.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        String[] commandLine = arguments.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new);
        Throwable thrown = catchThrowable(() -> SpringApplication.run(TriggersApplication.class, commandLine).close());
        assertThat(thrown).isNotNull();
        List<String> errors = output.getOut().lines().filter((line) -> line.contains(" ERROR ")).toList();
        assertThat(errors).as(output.getOut()).hasSize(1);
        assertThat(output.getOut()).doesNotContain("\tat ", "APPLICATION FAILED TO START");
        return errors.getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "TIER_LIMITS=free=none|TIER_LIMITS", "KEY_ENVIRONMENT=prod|KEY_ENVIRONMENT",
            "LOG_FORMAT=xml|LOG_FORMAT", "MAX_DB_CONNECTIONS=1|MAX_DB_CONNECTIONS",
            "RETENTION_DAYS=soon|RETENTION_DAYS", "API_KEY_SALT=short|API_KEY_SALT",
            "DATABASE_URL=mysql://x|DATABASE_URL", "PORT=eighty|PORT", "PORT=99999|PORT", "HOST=999.999.1.1|HOST" })
    void aBadSettingIsNamedInOneLine(String setting, String name, CapturedOutput output) {
        assertThat(failure(output, setting)).contains("The service did not start: " + name + " ");
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

}
