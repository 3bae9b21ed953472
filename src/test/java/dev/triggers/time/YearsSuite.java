package dev.triggers.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More than four hundred days, in steps of six hours, over the end of 32-bit time, and a
 * leap day long before: what is kept stays as much as it was. And days on which clocks
 * and calendars do what they seldom do. It takes many minutes, so it is no part of the
 * tests: {@code ./mvnw verify -Pyears}. What it saw is in {@code target/years.md}.
 */
@EnabledIf(value = "dev.triggers.time.Years#isPossible",
        disabledReason = "needs Debian's packages postgresql and faketime")
class YearsSuite {

    private static final int DAYS = Integer.getInteger("years.days", 410);

    /** It is looked every so many days. */
    private static final int LOOK = 10;

    /** By then what is kept for a time, but for usage, has been kept for it. */
    private static final int SETTLED = 120;

    /** What is kept of these then is the measure: months are of different length. */
    private static final int MEASURED = 180;

    private static final int RETENTION_DAYS = 30;

    private static final int DAYS_AHEAD = 3;

    /** Days are kept for 400 days, which this does not settle in. */
    private static final String USAGE = "organization_statistics";

    /** Rows that the rules of what is kept allow for what a step or a day adds. */
    private static final Map<String, Long> MOST = Map.ofEntries(
            // 24 hours of six a step and one a day, and those of the present step
            Map.entry("deduplication_cache", 31L),
            // Two a day, to the end of their last day
            Map.entry("replays", 2L * (RETENTION_DAYS + 2)),
            // One lease a step, and what it has left
            Map.entry("inbox_leases", 4L * (RETENTION_DAYS + 2)), Map.entry("leased_events", 4L),
            // One note a step
            Map.entry("log_marks", 4L * (RETENTION_DAYS + 2)), Map.entry("log_late", 1L),
            Map.entry("log_consumers", 1L),
            // One is made and ended a day
            Map.entry("endpoints", RETENTION_DAYS + 5L), Map.entry("endpoint_health", RETENTION_DAYS + 5L),
            Map.entry("api_keys", 3L), Map.entry("portal_sessions", 1L), Map.entry("playgrounds", 1L),
            Map.entry("rate_limit_buckets", 2L), Map.entry("instances", 1L),
            // One a day waits for a first webhook; one for its consumer, two for their
            // time, and a recovery opens four again
            Map.entry("event_deliveries", RETENTION_DAYS + 2L + 1 + 2 + 4),
            // Two organizations: 400 days, 8 days of hours, hours of minutes
            Map.entry(USAGE, 2L * (401 + 4 * 9 + 10)));

    private static final Instant LEAP_DAY = Instant.parse("2028-02-29T12:00:00Z");

    /** The last second that 32 bits can tell. */
    private static final Instant LAST_SECOND = Instant.ofEpochSecond(Integer.MAX_VALUE);

    /** Begins before, and steps over it twice a day. */
    private static final Duration BEFORE = Duration.ofHours(10);

    private static List<Instant> seams() {
        ZoneRules rules = Years.ZONE.getRules();
        Instant back = rules.nextTransition(LEAP_DAY).getInstant();
        Instant forth = rules.nextTransition(back).getInstant();
        return List.of(LEAP_DAY, back, forth, LAST_SECOND);
    }

    @Test
    void seamsOfTheCalendarAreNotNoticed() {
        try (Years years = new Years(seams().getFirst().minus(BEFORE))) {
            for (Instant seam : seams()) {
                if (years.now().isBefore(seam.minus(BEFORE))) {
                    years.jumpTo(seam.minus(BEFORE));
                }
                for (int i = 0; i < 4; i++) {
                    years.step(Duration.ofHours(6));
                }
                LocalDate today = LocalDate.ofInstant(years.now(), ZoneOffset.UTC);
                assertThat(years.days())
                    .contains(today.minusDays(1), today, today.plusDays(1), today.plusDays(2), today.plusDays(3))
                    .allMatch((day) -> !day.isBefore(today.minusDays(30)) && !day.isAfter(today.plusDays(3)));
            }
            years.requireNothingLost();
        }
    }

    @Test
    void whatIsKeptStaysAsMuchAsItWas() throws IOException {
        List<Holdings> seen = new ArrayList<>();
        try (Years years = new Years(Instant.parse("2036-02-28T03:00:00Z"))) {
            liveThrough(years, 2);
            years.jumpTo(Instant.parse("2036-12-20T03:00:00Z"));
            for (int day = LOOK; day <= DAYS; day += LOOK) {
                liveThrough(years, LOOK);
                seen.add(years.holdings());
                write(seen);
            }
            years.requireNothingLost();
            System.out.printf("%,d deliveries received, %,d events read of the log%n", years.received(), years.read());
        }
        seen.forEach(YearsSuite::requireBounded);
        List<Holdings> measure = seen.subList(SETTLED / LOOK - 1, MEASURED / LOOK);
        seen.subList(MEASURED / LOOK, seen.size()).forEach((later) -> requireNoMore(later, measure));
    }

    private static void liveThrough(Years years, int days) {
        for (int i = 0; i < 4 * days; i++) {
            years.step(Duration.ofHours(6));
        }
    }

    /** Whenever it is. */
    private static void requireBounded(Holdings holdings) {
        MOST.forEach(
                (table, most) -> assertThat(holdings.rows().get(table)).as("rows of %s on %s", table, holdings.day())
                    .isNotNull()
                    .isLessThanOrEqualTo(most));
        assertThat(holdings.days()).as("days on %s", holdings.day())
            .isSubsetOf(holdings.day()
                .minusDays(RETENTION_DAYS)
                .datesUntil(holdings.day().plusDays(DAYS_AHEAD + 1))
                .toList());
        assertThat(holdings.usage()).as("usage on %s", holdings.day()).isAfterOrEqualTo(holdings.day().minusDays(401));
        // A hundred thousand are the server's own bound, and then it takes a moment
        assertThat(holdings.oldestFreeze()).as("freezing on %s", holdings.day()).isLessThan(130_000);
    }

    private static void requireNoMore(Holdings later, List<Holdings> measure) {
        assertThat(later.days()).as("days on %s", later.day()).hasSize(RETENTION_DAYS + 1 + DAYS_AHEAD);
        later.rows().forEach((table, rows) -> {
            if (!table.equals(USAGE)) {
                assertThat(rows).as("rows of %s on %s", table, later.day())
                    .isLessThanOrEqualTo(
                            most(measure, (before) -> before.rows().getOrDefault(table, 0L)) * 21 / 20 + 5);
            }
        });
        later.bytes().forEach((table, bytes) -> {
            if (!table.equals(USAGE)) {
                assertThat(bytes).as("bytes of %s on %s", table, later.day())
                    .isLessThanOrEqualTo(
                            most(measure, (before) -> before.bytes().getOrDefault(table, 0L)) * 11 / 10 + 100_000);
            }
        });
        assertThat(later.descriptors()).as("descriptors on %s", later.day())
            .isLessThanOrEqualTo(most(measure, Holdings::descriptors) + 10);
        assertThat(later.heapBytes()).as("heap on %s", later.day())
            .isLessThan(most(measure, Holdings::heapBytes) + 5_000_000);
    }

    private static long most(List<Holdings> measure, ToLongFunction<Holdings> part) {
        return measure.stream().mapToLong(part).max().orElseThrow();
    }

    private static void write(List<Holdings> seen) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "| day | days | the oldest | rows | MB | of it the catalogue | unfrozen transactions | heap MB | files |",
                "|---|---|---|---|---|---|---|---|---|"));
        seen.forEach((holdings) -> lines.add(holdings.line()));
        lines.add("");
        Holdings before = seen.get(Math.min(seen.size(), SETTLED / LOOK) - 1);
        seen.getLast()
            .rows()
            .forEach((table,
                    rows) -> lines.add("- %s: %,d rows, %,d kB; on %s %,d, %,d kB".formatted(table, rows,
                            seen.getLast().bytes().get(table) / 1000, before.day(),
                            before.rows().getOrDefault(table, 0L), before.bytes().getOrDefault(table, 0L) / 1000)));
        Files.write(Path.of("target", "years.md"), lines);
    }

}
