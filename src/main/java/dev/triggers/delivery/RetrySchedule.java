package dev.triggers.delivery;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is attempted again: the waits between the attempts of a set.
 *
 * @param waits the waits in their order; there is one attempt more than waits
 */
record RetrySchedule(List<Duration> waits) {

    /** A wait is shortened or lengthened by up to this share, so that retries spread. */
    private static final double JITTER = 0.1;

    int attempts() {
        return this.waits.size() + 1;
    }

    /**
     * The wait after a failed attempt, with jitter.
     * @param remaining attempts that were allowed before this one, itself included; at
     * least 2
     * @param random source of the jitter
     */
    Duration waitAfter(int remaining, RandomGenerator random) {
        if (this.waits.isEmpty()) {
            // The schedule was shortened meanwhile
            return Duration.ZERO;
        }
        int made = attempts() - remaining;
        Duration wait = this.waits.get(Math.clamp(made, 0, this.waits.size() - 1));
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }

}
