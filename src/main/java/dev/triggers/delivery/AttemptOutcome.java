package dev.triggers.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;

import dev.triggers.sending.AttemptResult;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended, and what is to become of its delivery.
 *
 * @param delivery what was attempted
 * @param result what the endpoint did with it
 * @param verdict what is to become of the delivery
 * @param startedAt when it began, by this instance's clock
 * @param duration how long it took
 */
record AttemptOutcome(Delivery delivery, AttemptResult result, Verdict verdict, OffsetDateTime startedAt,
        Duration duration) {

    String verdictCode() {
        return switch (this.verdict) {
            case Verdict.Delivered _ -> "d";
            case Verdict.Retry _ -> "r";
            case Verdict.GiveUp _ -> "f";
        };
    }

    long waitMillis() {
        return (this.verdict instanceof Verdict.Retry retry) ? retry.after().toMillis() : 0;
    }

    @Nullable String errorCode() {
        return (this.result instanceof AttemptResult.Failure failure) ? failure.failure().code() : null;
    }

    @Nullable String error() {
        if (!(this.result instanceof AttemptResult.Failure failure)) {
            return null;
        }
        String advice = failure.failure().advice();
        return (failure.status() != null) ? "HTTP " + failure.status() + ": " + advice : advice;
    }

    /**
     * What becomes of a delivery after an attempt.
     */
    sealed interface Verdict {

        /**
         * It is done.
         */
        record Delivered() implements Verdict {

        }

        /**
         * It is attempted again.
         *
         * @param after how long after its outcome was recorded
         */
        record Retry(Duration after) implements Verdict {

        }

        /**
         * It has failed for good.
         */
        record GiveUp() implements Verdict {

        }

    }

}
