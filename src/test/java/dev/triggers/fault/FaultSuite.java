package dev.triggers.fault;

import dev.triggers.support.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What can go wrong, each in a run of its own and as often as it takes to meet what is
 * rare. It takes an hour, so it is no part of the tests: {@code ./mvnw verify -Pfaults}.
 */
class FaultSuite {

    private static final FaultRun run = new FaultRun();

    @BeforeAll
    static void tell() {
        System.out.println("Seed " + run.seed());
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @ParameterizedTest
    @EnumSource
    void againAndAgain(Fault fault) {
        run.judge(run.site(), fault.toString(), fault.times(),
                (customers) -> fault.strike(run.site(), customers, run.random(), true));
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
            });
        }
    }

}
