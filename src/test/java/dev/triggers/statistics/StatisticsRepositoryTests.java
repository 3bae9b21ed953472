package dev.triggers.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.triggers.statistics.AttemptCount.Key;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class StatisticsRepositoryTests {

    /** In the middle of a day of UTC that is another one where the sessions live. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(14));

    @Autowired
    private StatisticsRepository statistics;

    @Autowired
    private StatisticsUpkeep upkeep;

    @Autowired
    private FiguresRepository figures;

    @Autowired
    private JdbcClient jdbc;

    private final Random random = new Random(7);

    private UUID organization = new UUID(0, 0);

    private UUID endpoint = new UUID(0, 0);

    @BeforeEach
    void makeEndpoint() {
        Rows rows = new Rows(this.jdbc);
        this.organization = rows.organization();
        this.endpoint = rows.endpoint(this.organization, "https://example.com/hook");
    }

    private AttemptCount count(Instant minute, String outcome, int... millis) {
        Durations durations = Durations.NONE;
        for (int each : millis) {
            durations = durations.plus(Durations.one(each));
        }
        return new AttemptCount(this.endpoint, minute, outcome, millis.length, outcome.equals("delivered") ? 0 : 1,
                new LastAttempt(minute.plusSeconds(7), Rows.newId(), 1), durations);
    }

    private List<AttemptCount> minutesOfTwoDays() {
        List<AttemptCount> counts = new ArrayList<>();
        for (Instant minute = NOW.minus(Duration.ofHours(48)); !minute.isAfter(NOW); minute = minute
            .plus(Duration.ofMinutes(7))) {
            counts.add(count(minute.truncatedTo(ChronoUnit.MINUTES),
                    this.random.nextBoolean() ? "delivered" : "status_5xx", this.random.nextInt(60_000),
                    this.random.nextInt(20)));
        }
        return counts;
    }

    private EndpointStatistics read(StatisticsRange range) {
        return EndpointStatistics.of(range, NOW, this.figures.attempts(this.endpoint, range, NOW), null);
    }

    private long rows(int span) {
        return this.jdbc.sql("select count(*) from endpoint_statistics where endpoint_id = :id and span = :span")
            .param("id", this.endpoint)
            .param("span", span)
            .query(Long.class)
            .single();
    }

    @Test
    void databaseAddsDurationsAsTheServiceDoes() {
        for (int i = 0; i < 50; i++) {
            Durations one = count(NOW, "delivered", this.random.ints(i, 0, 70_000).toArray()).durations();
            Durations other = count(NOW, "delivered", this.random.ints(3, 0, 100).toArray()).durations();
            assertThat(this.jdbc.sql("select add_bins(:one::int[], :other::int[])::text")
                .param("one", one.text())
                .param("other", other.text())
                .query(String.class)
                .single()).isEqualTo(one.plus(other).text());
            assertThat(this.jdbc.sql("select sum_bins(b::int[])::text from unnest(:bins::text[]) b")
                .param("bins", new String[] { one.text(), other.text(), one.text() })
                .query(String.class)
                .single()).isEqualTo(one.plus(other).plus(one).text());
        }
    }

    @Test
    void countsOfAMinuteAddUp() {
        this.statistics.addAttempts(List.of(count(NOW, "delivered", 5), count(NOW, "status_5xx", 100)));
        AttemptCount later = count(NOW, "delivered", 7, 9);
        this.statistics.addAttempts(List.of(later));
        AttemptCount sum = this.figures.attempts(this.endpoint, StatisticsRange.HOUR, NOW)
            .stream()
            .filter(AttemptCount::delivered)
            .findFirst()
            .orElseThrow();
        assertThat(sum.attempts()).isEqualTo(3);
        assertThat(sum.durations().text()).isEqualTo("{0,0,0,0,0,1,0,1,0,1}");
        assertThat(sum.last()).isEqualTo(later.last());
        assertThat(sum.key()).isEqualTo(new Key(this.endpoint, NOW, "delivered"));
    }

    /** In whichever order, by however many at once, and when counts come late. */
    @Test
    void foldingChangesNoFigure() {
        List<AttemptCount> counts = minutesOfTwoDays();
        this.statistics.addAttempts(counts.subList(0, 300));
        EndpointStatistics some = read(StatisticsRange.MONTH);
        this.upkeep.tidy(NOW.minus(Duration.ofHours(20)));
        assertThat(read(StatisticsRange.MONTH)).isEqualTo(some);
        this.statistics.addAttempts(counts.subList(300, counts.size()));
        EndpointStatistics week = read(StatisticsRange.WEEK);
        EndpointStatistics month = read(StatisticsRange.MONTH);
        CompletableFuture
            .allOf(CompletableFuture.runAsync(() -> this.upkeep.tidy(NOW)),
                    CompletableFuture.runAsync(() -> this.upkeep.tidy(NOW)))
            .join();
        this.upkeep.tidy(NOW);
        assertThat(rows(1)).isLessThanOrEqualTo(130 / 7 + 1);
        assertThat(rows(1440)).isBetween(3L, 6L);
        assertThat(read(StatisticsRange.WEEK)).isEqualTo(week);
        assertThat(read(StatisticsRange.MONTH)).isEqualTo(month);
        assertThat(month.attempts()).isEqualTo(2L * counts.size());
        assertThat(month.buckets().getLast().start()).isEqualTo(NOW.truncatedTo(ChronoUnit.DAYS));
    }

    @Test
    void whatIsOldGoes() {
        for (int days : new int[] { 0, 5, 10, 31, 40 }) {
            this.statistics.addAttempts(List.of(count(NOW.minus(Duration.ofDays(days)), "delivered", 5)));
            this.statistics.addOrganizations(List.of(new OrganizationCount(this.organization,
                    NOW.minus(Duration.ofDays(days)), 1, 2, 3, 4, new Posted(5, 6, 7, 8))));
        }
        this.upkeep.tidy(NOW);
        assertThat(rows(1)).isOne();
        assertThat(rows(60)).isOne();
        assertThat(rows(1440)).isEqualTo(3);
        assertThat(this.figures.organization(this.organization, StatisticsRange.MONTH, NOW)).hasSize(3)
            .allSatisfy((count) -> assertThat(count.accepted()).isOne());
        assertThat(this.figures.organization(this.organization, StatisticsRange.WEEK, NOW)).hasSize(2);
        assertThat(this.figures.organization(this.organization, StatisticsRange.HOUR, NOW)).hasSize(1);
    }

    @Test
    void whatIsGoneHasNoCounts() {
        this.statistics.addAttempts(minutesOfTwoDays());
        this.statistics.addOrganizations(List.of(OrganizationCount.accepted(this.organization, NOW, 1)));
        this.upkeep.tidy(NOW);
        this.jdbc.sql("update endpoints set deleted_at = now() where id = :id").param("id", this.endpoint).update();
        this.statistics.addAttempts(List.of(count(NOW, "status_410", 5)));
        assertThat(this.figures.attempts(this.endpoint, StatisticsRange.HOUR, NOW))
            .noneMatch((count) -> count.outcome().equals("status_410"));
        this.upkeep.tidy(NOW);
        assertThat(rows(1) + rows(60) + rows(1440)).isZero();
        assertThat(this.figures.organization(this.organization, StatisticsRange.HOUR, NOW)).hasSize(1);
        this.jdbc.sql("delete from endpoints where id = :id").param("id", this.endpoint).update();
        this.jdbc.sql("delete from organizations where id = :id").param("id", this.organization).update();
        this.upkeep.tidy(NOW);
        this.statistics.addOrganizations(List.of(OrganizationCount.accepted(this.organization, NOW, 1)));
        assertThat(this.figures.organization(this.organization, StatisticsRange.HOUR, NOW)).isEmpty();
    }

}
