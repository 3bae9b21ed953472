package dev.triggers.sending;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint did with an attempt.
 */
public sealed interface AttemptResult {

    /** The answer's status, if there was an answer. */
    @Nullable Integer status();

    /** The first KiB of the answer's body. */
    Excerpt body();

    /**
     * A complete head with a status of 2xx arrived.
     *
     * @param status the status
     * @param body the first KiB of the answer's body
     */
    record Success(Integer status, Excerpt body) implements AttemptResult {

    }

    /**
     * Anything else.
     *
     * @param failure what happened
     * @param status the answer's status, if there was an answer
     * @param body the first KiB of the answer's body
     * @param retryAfter how long the endpoint asks to be left alone, if it does
     */
    record Failure(AttemptFailure failure, @Nullable Integer status, Excerpt body,
            @Nullable Duration retryAfter) implements AttemptResult {

        /** A failure without an answer. */
        public static Failure of(AttemptFailure failure) {
            return new Failure(failure, null, Excerpt.EMPTY, null);
        }

    }

}
