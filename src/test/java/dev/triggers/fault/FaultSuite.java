package dev.triggers.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.triggers.support.Pooler;
import dev.triggers.support.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What can go wrong, each in a run of its own and as often as it takes to meet what is
 * rare. It takes an hour, so it is no part of the tests: {@code ./mvnw verify -Pfaults}.
 */
class FaultSuite {

    /** Names of faults, to spread them over several runs. */
    private static final String ONLY = System.getProperty("faults.only", "");

    private static final FaultRun run = new FaultRun(FaultRun.SETTINGS);

    @BeforeAll
    static void tell() {
        System.out.println("Seed " + run.seed());
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INSTANCES_ROLLED")
    void againAndAgain(Fault fault) {
        assumeTrue(ONLY.isEmpty() || ONLY.contains(fault.name()), "Not now");
        assumeTrue(fault.isPossible(run.site()), "Not on this machine");
        run.judge(run.site(), fault.toString(), fault.times(), (customers) -> run.strike(fault, customers, true));
    }

    @Test
    void threeInstancesAreRolled() {
        Fault fault = Fault.INSTANCES_ROLLED;
        try (Site three = new Site(3, FaultRun.SETTINGS, run.seed())) {
            run.judge(three, "three " + fault, fault.times(), Duration.ofMinutes(10), (customers) -> {
                long struck = System.nanoTime();
                fault.strike(three, customers, run.random(), true);
                return struck;
            });
        }
    }

    @Test
    void organizationsMoveWhileACellIsKilled() {
        // Twice from the start, since what moves gets larger all the while
        for (int half = 0; half < 2; half++) {
            try (CellSites cells = new CellSites(run.seed() + half)) {
                run.judge(cells,
                        "four organizations move to another cell while either cell, or its database, is killed", 5);
            }
        }
    }

    @Test
    void diskIsFull() {
        Volume volume;
        try {
            volume = Volume.mount(400);
        }
        catch (IllegalStateException ex) {
            Assumptions.abort("No disk can be mounted here");
            return;
        }
        try (volume;
                Site small = new Site(PostgresCluster.startIn(volume.folder()), 2, FaultRun.SETTINGS, run.seed())) {
            run.judge(small, "the database's disk is full", 3, (customers) -> {
                long struck = System.nanoTime();
                volume.fill();
                Fault.rest(run.random(), 2_000, 10_000);
                volume.clear();
                small.cluster().restartIfDown();
                customers.disturbed("disk full", struck, System.nanoTime());
                return struck;
            });
        }
    }

    @Test
    void killedBehindAPooler() {
        assumeTrue(Pooler.installed(), "pgbouncer is not installed");
        PostgresCluster cluster = PostgresCluster.start();
        try (Pooler pooler = Pooler.before(cluster.url(Site.DATABASE));
                Site pooled = new Site(cluster, pooler::through, 2, FaultRun.SETTINGS, run.seed())) {
            run.judge(pooled, "an instance behind PgBouncer is killed (SIGKILL) and started again", 5, (customers) -> {
                long struck = System.nanoTime();
                Fault.INSTANCE_KILLED.strike(pooled, customers, run.random(), true);
                return struck;
            });
        }
    }

    /**
     * All attempts that hang are of the instance that is stopped, of which one endpoint's
     * may be a quarter.
     */
    @Test
    void stoppedWhileReceiversHang() {
        Map<String, String> settings = new HashMap<>(FaultRun.SETTINGS);
        settings.putAll(Map.of("DELIVERY_TIMEOUT", "100s", "DELIVERY_LEASE", "120s", "DELIVERY_CONCURRENCY", "200"));
        try (Site site = new Site(2, settings, run.seed())) {
            run.judge(site, "an instance is stopped (SIGTERM) while 30 receivers hang, counted from its exit", 3,
                    (customers) -> {
                        site.instance(1).terminate();
                        site.instance(1).awaitExit(Duration.ofSeconds(30));
                        customers.hold(30);
                        site.replace(1, Map.of());
                        long struck = System.nanoTime();
                        site.instance(0).terminate();
                        site.instance(0).awaitExit(Duration.ofSeconds(30));
                        long ended = System.nanoTime();
                        customers.disturbed("stop", struck, ended);
                        site.replace(0, Map.of());
                        return ended;
                    });
        }
    }

}
