package dev.triggers.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.triggers.support.PostgresCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does things to a site under load, and judges what came of it. What is left to chance is
 * decided by a seed ({@code -Dfaults.seed}); threads and processes are not.
 */
final class FaultRun implements AutoCloseable {

    static final Map<String, String> SETTINGS = Map.of("DELIVERY_TIMEOUT", "5s", "DELIVERY_LEASE", "30s",
            "DELIVERY_BACKOFF", "100ms,200ms,300ms,300ms", "CIRCUIT_FAILURES", "100000", "DELIVERY_CONCURRENCY", "64");

    private final long seed = Long.getLong("faults.seed", new Random().nextInt(1_000_000));

    private final Random random = new Random(this.seed);

    private final FaultReport report = new FaultReport(this.seed);

    private final Site site = new Site(2, SETTINGS, this.seed);

    static boolean isPossible() {
        return PostgresCluster.programs().isPresent();
    }

    Random random() {
        return this.random;
    }

    Site site() {
        return this.site;
    }

    long seed() {
        return this.seed;
    }

    /**
     * Lets customers use a site while something is done to it, again and again, and
     * requires that their history is right.
     */
    void judge(Site where, String fault, int rounds, Strike strike) {
        List<Long> strikes = new ArrayList<>();
        try (Customers customers = new Customers(where::any, where::last, this.random.nextLong())) {
            for (int round = 0; round < rounds; round++) {
                customers.awaitMore(100 + this.random.nextInt(200));
                strikes.add(System.nanoTime());
                strike.strike(customers);
                where.awaitReady();
            }
            customers.awaitMore(50);
            History history = customers.history(where.jdbc());
            assertThat(this.report.add(fault, rounds, history, strikes)).as("%s, seed %d", fault, this.seed).isEmpty();
        }
    }

    @Override
    public void close() {
        this.report.write(Path.of("target", "faults.md"));
        this.site.close();
    }

    /** Does something, and returns when it is over. */
    @FunctionalInterface
    interface Strike {

        void strike(Customers customers);

    }

}
