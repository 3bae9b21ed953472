package dev.triggers.webhook;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/**
 * The waits between the attempts of a delivery, as a client writes them: each a number of
 * seconds, or a text like {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d} or
 * {@code PT5M}. One attempt more is made than there are waits.
 */
final class RetryWaits {

    private static final int MAX_WAITS = 20;

    private static final Duration LONGEST = Duration.ofDays(7);

    private RetryWaits() {
    }

    static List<Duration> parse(String field, JsonNode array) {
        if (array.size() > MAX_WAITS) {
            throw ProblemException.invalid(field, "must have at most " + MAX_WAITS + " entries");
        }
        List<Duration> waits = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            Duration wait = parse(element);
            if (wait == null || wait.isNegative() || wait.compareTo(LONGEST) > 0) {
                throw ProblemException.invalid(field + "[" + waits.size() + "]",
                        "must be a number of seconds or a text like 30s, 5m, 2h or PT5M, at most 7 days");
            }
            waits.add(wait.truncatedTo(ChronoUnit.MILLIS));
        }
        return List.copyOf(waits);
    }

    /** In seconds. */
    static @Nullable List<Number> write(@Nullable List<Duration> waits) {
        return (waits == null) ? null : waits.stream().map(RetryWaits::seconds).toList();
    }

    private static Number seconds(Duration wait) {
        if (wait.toMillisPart() == 0) {
            return wait.toSeconds();
        }
        return wait.toMillis() / 1_000.0;
    }

    private static @Nullable Duration parse(JsonNode element) {
        try {
            if (element.isNumber()) {
                double seconds = element.doubleValue();
                boolean inRange = seconds >= 0 && seconds <= LONGEST.toSeconds();
                return inRange ? Duration.ofMillis(Math.round(seconds * 1_000)) : null;
            }
            return element.isString() ? DurationStyle.detectAndParse(element.stringValue(), ChronoUnit.SECONDS) : null;
        }
        catch (IllegalArgumentException | ArithmeticException | JsonNodeException ex) {
            return null;
        }
    }

}
