package dev.triggers.event;

import java.time.Duration;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that was to be stored.
 */
sealed interface IngestResult {

    /**
     * The event is committed.
     */
    record Accepted() implements IngestResult {

        static final Accepted INSTANCE = new Accepted();

    }

    /**
     * The organization posted an event with this {@code dedup_id} within the last 24
     * hours.
     *
     * @param originalId the identifier of that event; null: it is not for this key
     */
    record Duplicate(@Nullable UUID originalId) implements IngestResult {

        static final Duplicate OF_ANOTHER_TYPE = new Duplicate(null);

    }

    /**
     * The database refuses the event for what it holds.
     */
    record Rejected() implements IngestResult {

        static final Rejected INSTANCE = new Rejected();

        static final String REASON = "The database can not store this value";

    }

    /**
     * Nothing is known to be stored.
     *
     * @param reason why
     */
    record Unavailable(String reason) implements IngestResult {

        /** The database is away, full, or too slow. */
        static final Unavailable INSTANCE = new Unavailable("The database did not confirm in time; "
                + "send the event again, with a dedup_id to learn whether it was stored");

        /** The organization moves to another cell. */
        static final Unavailable MOVING = new Unavailable(
                "The organization moves to another cell; send the event again");

        ProblemException problem() {
            return ProblemException.unavailable(this.reason, Duration.ofSeconds(1));
        }

    }

}
