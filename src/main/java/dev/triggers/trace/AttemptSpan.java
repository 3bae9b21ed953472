package dev.triggers.trace;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An attempt, and the HTTP request that it makes.
 */
public interface AttemptSpan {

    /** The request's context, which the receiver is told of. */
    TraceContext sent();

    /** The span of the attempt, for the next one; null if it has none. */
    @Nullable String id();

    /**
     * The request is over.
     * @param status the answer's status, if there was an answer
     * @param error why it failed, by a stable code; null if it did not
     * @param address what was connected to, if anything was
     * @param phases how long its parts took, in milliseconds
     */
    void answered(@Nullable Integer status, @Nullable String error, @Nullable String address,
            Map<String, Integer> phases);

    /**
     * The attempt is over.
     * @param outcome what becomes of the delivery; null if the attempt came to nothing
     */
    void end(@Nullable String outcome);

    /**
     * Hands on what the delivery came with, and records nothing: the receiver is told of
     * the last span that there was.
     */
    static AttemptSpan unrecorded(Lineage lineage) {
        return new Unrecorded(lineage.creation());
    }

    /**
     * An attempt of which nothing is recorded.
     *
     * @param sent the context that it was given
     */
    record Unrecorded(TraceContext sent) implements AttemptSpan {

        @Override
        public @Nullable String id() {
            return null;
        }

        @Override
        public void answered(@Nullable Integer status, @Nullable String error, @Nullable String address,
                Map<String, Integer> phases) {
            // Nobody asks
        }

        @Override
        public void end(@Nullable String outcome) {
            // Nobody asks
        }

    }

}
