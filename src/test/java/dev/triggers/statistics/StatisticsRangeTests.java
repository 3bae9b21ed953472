package dev.triggers.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.triggers.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StatisticsRangeTests {

    @ParameterizedTest
    @CsvSource({ "1h,2026-03-29T00:32:00Z,PT1M", "24h,2026-03-28T02:00:00Z,PT1H", "7d,2026-03-22T02:00:00Z,PT1H",
            "30d,2026-02-28T00:00:00Z,PT24H" })
    void stepsAreOfUtcWhateverClocksDoThatNight(String text, Instant first, Duration length) {
        Instant now = Instant.parse("2026-03-29T01:31:59.999Z");
        StatisticsRange range = StatisticsRange.parse(text);
        List<Instant> steps = range.steps(now);
        assertThat(steps.getFirst()).isEqualTo(range.since(now)).isEqualTo(first);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(Duration.between(steps.get(i - 1), steps.get(i))).isEqualTo(length);
        }
        assertThat(now).isBetween(steps.getLast(), steps.getLast().plus(length).minusNanos(1));
    }

    @ParameterizedTest
    @EnumSource
    void stepOfAnInstantIsOneOfTheSteps(StatisticsRange range) {
        Instant now = Instant.parse("2026-10-25T00:59:59.999Z");
        assertThat(range.steps(now)).contains(range.stepOf(now), range.stepOf(range.since(now)),
                range.stepOf(now.minusSeconds(1_800)));
        assertThat(StatisticsRange.parse(range.text())).isEqualTo(range);
    }

    @Test
    void withoutAnyItIsADay() {
        assertThat(StatisticsRange.parse(null)).isEqualTo(StatisticsRange.DAY);
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "24H", "1d", "90d" })
    void noOtherIsKnown(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> StatisticsRange.parse(text));
    }

}
