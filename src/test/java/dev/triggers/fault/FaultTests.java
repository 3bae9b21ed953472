package dev.triggers.fault;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What can go wrong, once each and in one run; {@link FaultSuite} does more of it.
 */
class FaultTests {

    @Test
    @EnabledIf("dev.triggers.fault.FaultRun#isPossible")
    void eachOnce() {
        try (FaultRun run = new FaultRun()) {
            run.judge(run.site(), "each once", 1,
                    (customers) -> Arrays.stream(Fault.values()).filter((fault) -> !fault.isLong()).forEach((fault) -> {
                        customers.awaitMore(20);
                        fault.strike(run.site(), customers, run.random(), false);
                        run.site().awaitReady();
                    }));
        }
    }

}
