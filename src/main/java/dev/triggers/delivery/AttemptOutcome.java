package dev.triggers.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;

import dev.triggers.sending.AttemptDetail;
import dev.triggers.sending.AttemptResult;
import dev.triggers.trace.SentTrace;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended, and what is to become of its delivery.
 *
 * @param delivery what was attempted
 * @param result what the endpoint did with it
 * @param verdict what is to become of the delivery
 * @param startedAt when it began, by this instance's clock
 * @param duration how long it took
 * @param revision the endpoint's, as it was sent to
 * @param trace what its receiver was told of its trace, if it is traced
 */
record AttemptOutcome(Delivery delivery, AttemptResult result, Verdict verdict, OffsetDateTime startedAt,
        Duration duration, int revision, @Nullable SentTrace trace) {

    byte @Nullable [] traceBytes() {
        return (this.trace != null) ? this.trace.bytes() : null;
    }

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

    /** What the attempt went through, with how long the delivery waits after it. */
    byte @Nullable [] detail() {
        AttemptDetail detail = this.result.detail();
        if (detail == null) {
            return null;
        }
        return ((this.verdict instanceof Verdict.Retry) ? detail.waiting(waitMillis()) : detail).bytes();
    }

    @Nullable String errorCode() {
        return (this.result instanceof AttemptResult.Failure failure) ? failure.failure().code() : null;
    }

    @Nullable String error() {
        if (!(this.result instanceof AttemptResult.Failure failure)) {
            return null;
        }
        String explanation = failure.explanation();
        return (failure.status() != null) ? "HTTP " + failure.status() + ": " + explanation : explanation;
    }

    /**
     * What becomes of a delivery after an attempt.
     */
    sealed interface Verdict {

        /** What its span calls it. */
        default String name() {
            return switch (this) {
                case Delivered _ -> "delivered";
                case Retry _ -> "retry";
                case GiveUp _ -> "dead";
            };
        }

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
