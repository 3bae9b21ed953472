package dev.triggers.inbox;

import java.util.UUID;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a page of a listing is to show.
 *
 * @param status which events, by their status
 * @param type which events, by their type; null: all
 * @param minReceives which events, by how often they were leased; 0: all
 * @param direction the order
 * @param after the position after which the page begins
 * @param skip how many matching events to pass over first
 * @param limit how many events the page may hold
 */
record InboxQuery(InboxStatus status, @Nullable TypeFilter type, int minReceives, Direction direction, UUID after,
        int skip, int limit) {

    static final int LARGEST_OFFSET = 10_000;

    static final int DEFAULT_LIMIT = 100;

    static final int LARGEST_LIMIT = 1_000;

    /** How many rows a page looks at to find what its filters let through. */
    private static final int LOOK = 10_000;

    /**
     * @param cursor wins over the offset: it holds what is left of it
     * @param order the order asked for; a cursor goes on in its own
     */
    static InboxQuery of(InboxStatus status, @Nullable TypeFilter type, @Nullable Direction order,
            @Nullable InboxCursor cursor, int offset, int limit) {
        if (cursor != null) {
            if (order != null && order != cursor.direction()) {
                throw ProblemException.invalid("cursor", "belongs to a listing in the other order");
            }
            return new InboxQuery(status, type, 0, cursor.direction(), cursor.eventId(), cursor.skip(), limit);
        }
        Direction direction = (order != null) ? order : Direction.DESC;
        return new InboxQuery(status, type, 0, direction, direction.start(), offset, limit);
    }

    /**
     * The same of events that were leased that often, and not acknowledged since.
     */
    InboxQuery received(int minReceives) {
        return new InboxQuery(this.status, this.type, minReceives, this.direction, this.after, this.skip, this.limit);
    }

    /**
     * Whether what is still open or dead says which events the page holds, but for a few:
     * then it need not be looked for in all of the history.
     */
    boolean isNarrow() {
        return this.type == null && this.minReceives == 0 && switch (this.status) {
            case UNDELIVERED, PENDING, FAILED -> true;
            case RETRYING, DELIVERED, ALL -> false;
        };
    }

    /** How many matches to find: one past the page tells whether there are more. */
    int wanted() {
        return this.skip + this.limit + 1;
    }

    /** An offset is looked past in addition, so that an unfiltered page stays full. */
    int look() {
        return LOOK + this.skip;
    }

}
