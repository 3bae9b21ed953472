package dev.triggers.sending;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer asks to be left alone: {@code Retry-After} in seconds or as a date
 * (RFC 9110, section 10.2.3), with the statuses that slow an endpoint down.
 */
public final class RetryAfter {

    private static final Set<Integer> SLOWING = Set.of(429, 502, 503, 504);

    private static final Duration LONGEST = Duration.ofHours(24);

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

    private static @Nullable Duration parse(String value, Clock clock) {
        if (!value.isEmpty() && value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
            return (value.length() > 9) ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return Duration.between(clock.instant(), until);
        }
        catch (DateTimeException ex) {
            return null;
        }
    }

}
