package dev.triggers.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * How far back figures go, and in which steps: these are minutes, hours and days of UTC,
 * of which the last one has yet to end.
 */
enum StatisticsRange {

    HOUR("1h", ChronoUnit.MINUTES, 60),

    DAY("24h", ChronoUnit.HOURS, 24),

    WEEK("7d", ChronoUnit.HOURS, 7 * 24),

    MONTH("30d", ChronoUnit.DAYS, 30);

    private final String text;

    private final ChronoUnit step;

    private final int steps;

    StatisticsRange(String text, ChronoUnit step, int steps) {
        this.text = text;
        this.step = step;
        this.steps = steps;
    }

    /**
     * @param text as a client gives it; null: a day
     * @throws ProblemException 400 if there is no such range
     */
    static StatisticsRange parse(@Nullable String text) {
        if (text == null) {
            return DAY;
        }
        return Stream.of(values())
            .filter((range) -> range.text.equals(text))
            .findFirst()
            .orElseThrow(() -> ProblemException.invalid("range", "must be 1h, 24h, 7d or 30d"));
    }

    String text() {
        return this.text;
    }

    /** In minutes. */
    int span() {
        return (int) this.step.getDuration().toMinutes();
    }

    /** The step that the instant lies in. */
    Instant stepOf(Instant instant) {
        return instant.truncatedTo(this.step);
    }

    Instant since(Instant now) {
        return stepOf(now).minus(this.step.getDuration().multipliedBy(this.steps - 1L));
    }

    /** When each step begins, the earliest first. */
    List<Instant> steps(Instant now) {
        Instant since = since(now);
        Duration length = this.step.getDuration();
        return IntStream.range(0, this.steps).mapToObj((i) -> since.plus(length.multipliedBy(i))).toList();
    }

}
