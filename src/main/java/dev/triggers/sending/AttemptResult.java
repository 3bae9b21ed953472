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

    /** What the attempt went through, if it failed or took long. */
    @Nullable AttemptDetail detail();

    /**
     * A complete head with a status of 2xx arrived.
     *
     * @param status the status
     * @param body the first KiB of the answer's body
     * @param detail what the attempt went through, if it took long
     */
    record Success(Integer status, Excerpt body, @Nullable AttemptDetail detail) implements AttemptResult {

    }

    /**
     * Anything else.
     *
     * @param failure what happened
     * @param status the answer's status, if there was an answer
     * @param body the first KiB of the answer's body
     * @param retryAfter how long the endpoint asks to be left alone, if it does
     * @param location where a redirect leads, as it can be shown
     * @param detail what the attempt went through
     */
    record Failure(AttemptFailure failure, @Nullable Integer status, Excerpt body, @Nullable Duration retryAfter,
            @Nullable String location, @Nullable AttemptDetail detail) implements AttemptResult {

        /** A failure without an answer. */
        public static Failure of(AttemptFailure failure) {
            return of(failure, null);
        }

        static Failure of(AttemptFailure failure, @Nullable AttemptDetail detail) {
            return new Failure(failure, null, Excerpt.EMPTY, null, null, detail);
        }

        /** In words for the endpoint's owner. */
        public String explanation() {
            String advice = this.failure.advice();
            return (this.location != null) ? advice + " It leads to: " + this.location : advice;
        }

    }

}
