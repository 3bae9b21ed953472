package dev.triggers.sending;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer asks to be left alone: {@code Retry-After} in seconds or as a date
 * (RFC 9110, section 10.2.3) in any of the three forms that a recipient has to take
 * (section 5.6.7), with the statuses that slow an endpoint down.
 */
public final class RetryAfter {

    private static final Set<Integer> SLOWING = Set.of(429, 502, 503, 504);

    private static final Duration LONGEST = Duration.ofHours(24);

    /** What C's {@code asctime} writes; a day of one digit has a space before it. */
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter
        .ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
        .withZone(ZoneOffset.UTC);

    private RetryAfter() {
    }

    /**
     * The wait, at most a day; null if the answer asks for none.
     */
    static @Nullable Duration of(HttpResponse response, Clock clock) {
        Header header = response.getFirstHeader("Retry-After");
        if (header == null || header.getValue() == null || !SLOWING.contains(response.getCode())) {
            return null;
        }
        Duration wait = parse(header.getValue().strip(), clock);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
    }

    /**
     * Whether an answer with this status asks for fewer requests.
     */
    public static boolean slows(@Nullable Integer status) {
        return status != null && SLOWING.contains(status);
    }

    /** A year of two digits is none that is more than 50 years ahead. */
    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate earliestYear = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, earliestYear)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    }

    private static @Nullable Duration parse(String value, Clock clock) {
        if (!value.isEmpty() && value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
            return (value.length() > 9) ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
        }
        Instant now = clock.instant();
        for (DateTimeFormatter form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)) {
            try {
                return Duration.between(now, Instant.from(form.parse(value)));
            }
            catch (DateTimeException ex) {
                // falls through: it may have another form
            }
        }
        return null;
    }

}
