package dev.triggers.statistics;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.triggers.support.IntegrationTest;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures cost what is kept of their range, whatever was counted of others, and whatever
 * the planner believed when it made its plans.
 */
@IntegrationTest
class StatisticsCostTests {

    private static final int OTHERS = 50;

    private final Instant now = Instant.now();

    private final JdbcClient jdbc;

    /** Without the time limit of the service's connections. */
    private final JdbcClient patient;

    private final FiguresRepository figures;

    private final TransactionTemplate transaction;

    private final Rows rows;

    private UUID organization = new UUID(0, 0);

    private UUID endpoint = new UUID(0, 0);

    private UUID another = new UUID(0, 0);

    @Autowired
    StatisticsCostTests(JdbcClient jdbc, FiguresRepository figures, PlatformTransactionManager transactions,
            Environment environment) {
        this.jdbc = jdbc;
        this.patient = PostgresServer.client(environment.getRequiredProperty("DATABASE_URL"));
        this.figures = figures;
        this.transaction = new TransactionTemplate(transactions);
        this.rows = new Rows(jdbc);
    }

    @BeforeEach
    void makeEndpoints() {
        this.organization = this.rows.organization();
        this.endpoint = this.rows.endpoint(this.organization, "https://example.com/hook");
        this.another = this.rows.endpoint(this.organization, "https://example.com/another");
    }

    @AfterEach
    void forgetOthers() {
        this.jdbc.sql("truncate endpoint_statistics, organization_statistics").update();
    }

    @Test
    void figuresCostWhatIsKeptOfTheirRange() {
        // Of tables that hold next to nothing
        analyze();
        count();
        everyRangeCostsItsSteps();
        analyze();
        everyRangeCostsItsSteps();
    }

    private void everyRangeCostsItsSteps() {
        for (StatisticsRange range : StatisticsRange.values()) {
            // Minutes that have yet to be folded are read with all
            int kept = 60 + range.steps(this.now).size();
            assertThat(touched(() -> this.figures.attempts(this.endpoint, range, this.now))).as("%s", range)
                .isBetween(1L, (long) kept);
            assertThat(touched(() -> this.figures.organization(this.organization, range, this.now))).as("%s", range)
                .isBetween(1L, (long) kept);
            assertThat(touched(() -> this.figures.endpoints(List.of(this.endpoint, this.another), range, this.now)))
                .as("%s", range)
                .isBetween(1L, 2L * kept);
        }
        assertThat(touched(() -> this.figures.failing(List.of(this.endpoint, this.another)))).isLessThanOrEqualTo(4L);
    }

    /** Rows read for the figures, of which there must be some. */
    private long touched(Supplier<List<?>> read) {
        return this.transaction.execute((status) -> {
            long before = this.rows.touched();
            assertThat(read.get()).isNotNull();
            return this.rows.touched() - before;
        });
    }

    /** The same of the organization as of others, and of its endpoints. */
    private void count() {
        String steps = """
                (select 1 span, date_trunc('minute', :now, 'UTC') - n * interval '1 minute' start from generate_series(0, 59) n
                 union all
                 select 60, date_trunc('hour', :now, 'UTC') - n * interval '1 hour' from generate_series(1, 167) n
                 union all
                 select 1440, date_trunc('day', :now, 'UTC') - n * interval '1 day' from generate_series(1, 29) n) s
                """;
        this.patient.sql("""
                insert into endpoint_statistics (endpoint_id, span, start, outcome, attempts, exhausted, last_at,
                  last_event_id, last_number, durations)
                select e.id, s.span, s.start, 'delivered', 1, 0, s.start, gen_random_uuid(), 1, '{1}'
                from (select unnest(array[:endpoint, :another]) id
                  union all select gen_random_uuid() from generate_series(1, :others)) e cross join %s
                """.formatted(steps))
            .param("endpoint", this.endpoint)
            .param("another", this.another)
            .param("others", OTHERS)
            .param("now", this.now.atOffset(ZoneOffset.UTC))
            .update();
        this.patient
            .sql("""
                    insert into organization_statistics (organization_id, span, start, accepted, delivered, failed, exhausted)
                    select o.id, s.span, s.start, 1, 1, 0, 0
                    from (select :organization::uuid id
                      union all select gen_random_uuid() from generate_series(1, :others)) o cross join %s
                    """
                .formatted(steps))
            .param("organization", this.organization)
            .param("others", OTHERS)
            .param("now", this.now.atOffset(ZoneOffset.UTC))
            .update();
    }

    private void analyze() {
        this.jdbc.sql("analyze endpoint_statistics, organization_statistics").update();
    }

}
