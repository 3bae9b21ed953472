package dev.triggers.playground;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request to a playground.
 */
sealed interface Verdict {

    /**
     * It was kept, and is to be answered.
     *
     * @param playgroundId the playground
     * @param position where it was kept
     * @param status the answer's status; null: none
     * @param delay how long the answer takes
     * @param retryAfter how long to be left alone
     */
    record Kept(UUID playgroundId, long position, @Nullable Integer status, Duration delay,
            @Nullable Duration retryAfter) implements Verdict {

        /** Whether somebody has to wait for it. */
        boolean waits() {
            return this.status == null || !this.delay.isZero();
        }

    }

    /**
     * There were too many within the minute.
     *
     * @param retryAfter until when
     */
    record TooMany(Duration retryAfter) implements Verdict {
    }

    /** There is no such playground, or not any more. */
    record Over() implements Verdict {
    }

}
