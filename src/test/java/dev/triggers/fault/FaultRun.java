package dev.triggers.fault;

import java.nio.file.Path;
import java.time.Duration;
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

    /** So long together that nothing fails for good while a name does not resolve. */
    static final List<String> WAITS = List.of("100ms", "200ms", "300ms", "300ms", "3s", "10s", "10s", "10s");

    static final Map<String, String> SETTINGS = Map.of("DELIVERY_TIMEOUT", "5s", "DELIVERY_LEASE", "30s",
            "DELIVERY_BACKOFF", String.join(",", WAITS), "CIRCUIT_FAILURES", "100000", "DELIVERY_CONCURRENCY", "64");

    /** For a run that has not that much time. */
    private static final int MOST = Integer.getInteger("faults.most", Integer.MAX_VALUE);

    private final long seed = Long.getLong("faults.seed", new Random().nextInt(1_000_000));

    private final Random random = new Random(this.seed);

    private final FaultReport report = new FaultReport(this.seed);

    private final Site site;

    FaultRun(Map<String, String> settings) {
        this.site = new Site(2, settings, this.seed);
    }

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
    void judge(Site where, String fault, int times, Strike strike) {
        judge(where, fault, times, Duration.ofHours(1), strike);
    }

    /**
     * The same, and no more is done to the site after so long.
     */
    void judge(Site where, String fault, int times, Duration longest, Strike strike) {
        int rounds = Math.min(times, MOST);
        long began = System.nanoTime();
        List<Long> strikes = new ArrayList<>();
        try (Customers customers = new Customers(where::any, where::last, where.host(), this.random.nextLong())) {
            while (strikes.size() < rounds && System.nanoTime() - began < longest.toNanos()) {
                customers.awaitMore(100 + this.random.nextInt(200));
                strikes.add(strike.strike(customers));
                where.awaitReady();
            }
            customers.awaitMore(50);
            History history = customers.history(where.jdbc());
            assertThat(this.report.add(fault, strikes.size(), history, strikes)).as("%s, seed %d", fault, this.seed)
                .isEmpty();
        }
    }

    /**
     * Lets customers use two cells while their organizations move to and fro, and one of
     * the cells fails each time.
     */
    void judge(CellSites cells, String fault, int times) {
        int rounds = Math.min(times, MOST);
        List<Long> strikes = new ArrayList<>();
        try (Customers customers = new Customers(cells::any, cells::any, cells.host(), this.random.nextLong())) {
            while (strikes.size() < rounds) {
                customers.awaitMore(100 + this.random.nextInt(200));
                long began = System.nanoTime();
                cells.move(customers.all());
                customers.disturbed("move", began, System.nanoTime());
                strikes.add(began);
            }
            customers.awaitMore(50);
            History history = customers.history(cells.jdbc());
            assertThat(this.report.add(fault, strikes.size(), history, strikes)).as("%s, seed %d", fault, this.seed)
                .isEmpty();
        }
    }

    @Override
    public void close() {
        this.report.write(Path.of("target", "faults.md"));
        this.site.close();
    }

    /** Does something to the site of this run, and returns when that began. */
    long strike(Fault fault, Customers customers, boolean full) {
        long struck = System.nanoTime();
        fault.strike(this.site, customers, this.random, full);
        return struck;
    }

    /**
     * Does something, and returns, once it is over, the moment from which the time until
     * all is well again counts.
     */
    @FunctionalInterface
    interface Strike {

        long strike(Customers customers);

    }

}
