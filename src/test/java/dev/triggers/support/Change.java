package dev.triggers.support;

import java.time.Duration;
import java.util.function.IntSupplier;

import org.awaitility.Awaitility;

/**
 * What changes within a time that the service promises, however slowly a busy machine
 * answers.
 */
public final class Change {

    private Change() {
    }

    /**
     * Asks until the answer has the status.
     * @return how long after the first the last request began that had another, less what
     * the machine may have added to it
     */
    public static Duration await(IntSupplier request, int status) {
        try (Pulse pulse = new Pulse()) {
            long start = System.nanoTime();
            long[] before = { start };
            Awaitility.await().pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO).until(() -> {
                long began = System.nanoTime();
                if (request.getAsInt() == status) {
                    return true;
                }
                before[0] = began;
                return false;
            });
            return Duration.ofNanos(before[0] - start).minus(pulse.allow(Duration.ZERO));
        }
    }

}
