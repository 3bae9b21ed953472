package dev.triggers.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "429 | 1 | PT1S", "502 | 120 | PT2M", "503 | ' 7 ' | PT7S", "504 | 86400 | PT24H",
                    "503 | 86401 | PT24H", "503 | 999999999999999999999999 | PT24H",
                    "503 | Sat, 31 Jan 2026 12:00:30 GMT | PT30S", "503 | Sun, 01 Feb 2026 11:59:59 GMT | PT23H59M59S",
                    "503 | Mon, 02 Feb 2026 12:00:00 GMT | PT24H", "503 | Sat, 31 Jan 2026 12:00:00 GMT |",
                    "503 | Sat, 31 Jan 2026 11:00:00 GMT |", "503 | Saturday, 31-Jan-26 12:00:30 GMT | PT30S",
                    "503 | Sunday, 01-Feb-26 12:00:00 GMT | PT24H", "503 | Sunday, 06-Nov-94 08:49:37 GMT |",
                    "503 | Saturday, 31-Jan-26 11:59:59 GMT |", "503 | Sat Jan 31 12:00:30 2026 | PT30S",
                    "503 | Sun Feb  1 11:59:59 2026 | PT23H59M59S", "503 | Sun Nov  6 08:49:37 1994 |",
                    "503 | Saturday, 31-Jan-26 12:00:30 CET |", "503 | 0 |", "503 | -1 |", "503 | 1.5 |", "503 | '' |",
                    "503 | soon |", "503 | 31 Jan 2026 |", "500 | 120 |", "200 | 120 |", "404 | 120 |", "301 | 120 |" })
    void waitIsReadFromTheAnswersThatSlowDown(int status, String value, @Nullable Duration wait) {
        assertThat(of(status, value)).isEqualTo(wait);
    }

    @Test
    void answerWithoutTheHeaderAsksForNothing() {
        assertThat(RetryAfter.of(new BasicHttpResponse(503), NOON)).isNull();
    }

    @Property
    void anyValueIsNoWaitOrOneOfADayAtTheMost(@ForAll String value) {
        Duration wait = of(503, value);
        if (wait != null) {
            assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
        }
    }

    private static @Nullable Duration of(int status, String value) {
        BasicHttpResponse response = new BasicHttpResponse(status);
        response.addHeader("Retry-After", value);
        return RetryAfter.of(response, NOON);
    }

}
