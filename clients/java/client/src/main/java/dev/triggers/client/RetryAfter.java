package dev.triggers.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whole seconds, or a date in one of the three forms of RFC 9110. */
final class RetryAfter {

    private RetryAfter() {
    }

    static Duration of(Answer answer, Object member, Instant now) {
        Optional<Duration> header = answer.header("Retry-After").map(String::strip).flatMap((text) -> of(text, now));
        if (header.isPresent()) {
            return header.get();
        }
        if (member instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() < 1e9) {
            return Duration.ofMillis((long) (number.doubleValue() * 1_000));
        }
        return null;
    }

    private static Optional<Duration> of(String text, Instant now) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        DateTimeFormatter twoDigits = new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
            // More than 50 years ahead is the century before.
            .appendValueReduced(ChronoField.YEAR, 2, 2, year - 49)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);
        for (DateTimeFormatter form : List.of(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH), twoDigits,
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH))) {
            try {
                Instant at = java.time.LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
                return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
            }
            catch (DateTimeException ex) {
                // Then one of the other forms.
                continue;
            }
        }
        return Optional.empty();
    }

}
