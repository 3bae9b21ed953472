package dev.triggers.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.triggers.support.PostgresCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The release before beside this version, on one database and under load, in both orders
 * and back again. That release is built first, so this is no part of the tests:
 * {@code ./mvnw verify -Pyears}.
 */
class VersionSuite {

    private static final String DATABASE = "versions";

    private static final int EVENTS = 400;

    private static Release previous;

    private final List<RunningRelease> started = new ArrayList<>();

    @BeforeAll
    static void build() {
        assumeTrue(PostgresCluster.programs().isPresent(), "Debian's package postgresql is missing");
        assumeTrue(Release.previousCommit().isPresent(), "The commit that release/previous names is not here");
        previous = Release.previous();
    }

    @Test
    void newerVersionJoinsTheOneBeforeAndIsTakenBack() {
        rollForwardAndBack(previous, Release.current());
    }

    @Test
    void versionBeforeJoinsTheNewerOneAndTheNewerComesBack() {
        rollForwardAndBack(Release.current(), previous);
    }

    private void rollForwardAndBack(Release one, Release other) {
        try (PostgresCluster cluster = PostgresCluster.start()) {
            cluster.createDatabase(DATABASE);
            RunningRelease first = start(one, cluster);
            try (Balanced customers = new Balanced(first)) {
                customers.awaitMore(EVENTS);
                RunningRelease second = start(other, cluster);
                customers.join(second);
                customers.awaitMore(EVENTS);
                customers.leave(first);
                customers.awaitMore(EVENTS);
                RunningRelease again = start(one, cluster);
                customers.join(again);
                customers.awaitMore(EVENTS);
                customers.leave(second);
                customers.awaitMore(EVENTS);
                History history = customers.history(jdbc(cluster));
                System.out.printf("%s, %s beside it, alone, %s again: %,d events, %,d deliveries, %d refused%n", one,
                        other, one, history.posts().size(), customers.received(), customers.refusals().size());
                assertThat(customers.refusals()).isEmpty();
                assertThat(Arrays.stream(HistoryRule.values())
                    .flatMap((rule) -> rule.violations(history).stream().map((found) -> rule + ": " + found)))
                    .isEmpty();
            }
            finally {
                this.started.forEach(RunningRelease::close);
            }
        }
    }

    private RunningRelease start(Release release, PostgresCluster cluster) {
        RunningRelease running = RunningRelease.start(release, cluster.url(DATABASE));
        this.started.add(running);
        return running;
    }

    private static JdbcClient jdbc(PostgresCluster cluster) {
        String url = cluster.url(DATABASE);
        return JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://" + url.substring(url.indexOf('@') + 1),
                "postgres", "postgres"));
    }

}
