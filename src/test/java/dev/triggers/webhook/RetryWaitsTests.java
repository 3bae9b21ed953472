package dev.triggers.webhook;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.triggers.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetryWaitsTests {

    private static final JsonMapper json = new JsonMapper();

    @Test
    void waitsAreSecondsOrTexts() {
        assertThat(parse("[0, 5, 0.5, 1e2, \"7\", \"500ms\", \"5s\", \"5m\", \"2h\", \"1d\", \"PT5M\", \"PT0.25S\"]"))
            .containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(100),
                    Duration.ofSeconds(7), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(5),
                    Duration.ofHours(2), Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMillis(250));
    }

    @Test
    void scheduleOfTheStandardsExampleIsAccepted() {
        List<Duration> waits = parse("[\"5s\", \"5m\", \"30m\", \"2h\", \"5h\", \"10h\", \"14h\", \"20h\", \"24h\"]");
        assertThat(RetryWaits.write(waits))
            .isEqualTo(Stream.of(5L, 300L, 1_800L, 7_200L, 18_000L, 36_000L, 50_400L, 72_000L, 86_400L).toList());
    }

    @Test
    void noWaitsMeanOneAttempt() {
        assertThat(parse("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "-0.001", "604801", "1e400", "1e999999999", "-1e999999999", "\"8d\"", "\"-5s\"",
            "\"\"", "\"soon\"", "\"5 s\"", "\"5w\"", "\"P1Y\"", "true", "null", "{}", "[]", "\"99999999999999999999s\"",
            "99999999999999999999" })
    void refusesWhatIsNoWait(String wait) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> parse("[1, " + wait + "]"))
            .satisfies((problem) -> assertThat(problem.errors().getFirst().field()).isEqualTo("retry_schedule[1]"));
    }

    @Test
    void numberIsBounded() {
        assertThat(parse("[" + "1,".repeat(19) + "1]")).hasSize(20);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> parse("[" + "1,".repeat(20) + "1]"));
    }

    @Test
    void waitsAreWrittenInSeconds() {
        assertThat(RetryWaits.write(List.of(Duration.ofMillis(1_500), Duration.ofDays(1))))
            .isEqualTo(List.of(1.5, 86_400L));
        assertThat(RetryWaits.write(null)).isNull();
    }

    private static List<Duration> parse(String array) {
        return RetryWaits.parse("retry_schedule", json.readTree(array));
    }

}
