package dev.triggers.fault;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What can go wrong, once each and in one run; {@link FaultSuite} does more of it.
 */
class FaultSmokeTests {

    @Test
    @EnabledIf("dev.triggers.fault.FaultRun#isPossible")
    void eachOnce() {
        Map<String, String> settings = new HashMap<>(FaultRun.SETTINGS);
        settings.put("DELIVERY_LEASE", "10s");
        try (FaultRun run = new FaultRun(settings)) {
            run.judge(run.site(), "each once", 1, (customers) -> {
                long struck = System.nanoTime();
                Arrays.stream(Fault.values())
                    .filter((fault) -> !fault.isLong() && fault.isPossible(run.site()))
                    .forEach((fault) -> {
                        customers.awaitMore(20);
                        run.strike(fault, customers, false);
                        run.site().awaitReady();
                    });
                return struck;
            });
        }
    }

}
