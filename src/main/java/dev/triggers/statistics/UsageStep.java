package dev.triggers.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * In which steps usage is shown, and how long they are kept.
 */
enum UsageStep {

    HOUR(ChronoUnit.HOURS, Duration.ofDays(8), Duration.ofDays(1)),

    DAY(ChronoUnit.DAYS, Duration.ofDays(400), Duration.ofDays(30));

    private final ChronoUnit unit;

    private final Duration kept;

    private final Duration shown;

    UsageStep(ChronoUnit unit, Duration kept, Duration shown) {
        this.unit = unit;
        this.kept = kept;
        this.shown = shown;
    }

    /** In minutes. */
    int span() {
        return (int) this.unit.getDuration().toMinutes();
    }

    /** As the database knows it. */
    String unit() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A range of whole steps.
     *
     * @param step the step
     * @param from when the first begins
     * @param to when the last has ended
     */
    record Range(UsageStep step, Instant from, Instant to) {

        /**
         * The range that a request asks for, as far as it is kept.
         * @throws ProblemException 400 if it is none
         */
        static Range of(QueryParameters query, UsageStep byDefault, Instant now) {
            UsageStep step = step(query.text("step"), byDefault);
            Instant end = step.end(now);
            String from = query.text("from");
            String to = query.text("to");
            Instant until = (to != null) ? step.end(PointInTime.parse("to", to).minusNanos(1)) : end;
            until = until.isAfter(end) ? end : until;
            Instant since = (from != null) ? step.start(PointInTime.parse("from", from))
                    : step.start(until.minus(step.shown));
            Instant first = step.start(now.minus(step.kept));
            if (from != null && to != null && !PointInTime.parse("from", from).isBefore(PointInTime.parse("to", to))) {
                throw ProblemException.invalid("from", "must be before to");
            }
            return new Range(step, since.isBefore(first) ? first : since, until);
        }

        static Range today(Instant now) {
            return new Range(DAY, DAY.start(now), DAY.end(now));
        }

        private static UsageStep step(@Nullable String text, UsageStep byDefault) {
            if (text == null) {
                return byDefault;
            }
            return switch (text) {
                case "hour" -> HOUR;
                case "day" -> DAY;
                default -> throw ProblemException.invalid("step", "must be hour or day");
            };
        }

    }

    private Instant start(Instant at) {
        return at.truncatedTo(this.unit);
    }

    private Instant end(Instant at) {
        return start(at).plus(this.unit.getDuration());
    }

}
