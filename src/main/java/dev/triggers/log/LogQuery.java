package dev.triggers.log;

import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.EventTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the log is to show.
 *
 * @param cursor where it goes on
 * @param type which events, by their type; null: all
 * @param allowed the types that the reader's key is held to
 * @param limit how many events the page may hold
 */
record LogQuery(LogCursor cursor, @Nullable TypeFilter type, EventTypes allowed, int limit) {

    static final int DEFAULT_LIMIT = 100;

    static final int LARGEST_LIMIT = 1_000;

    /** How many entries a page looks at to find what its filter lets through. */
    static final int LOOK = 10_000;

    UUID organizationId() {
        return this.cursor.organizationId();
    }

    /** One past the page tells whether there are more. */
    int wanted() {
        return this.limit + 1;
    }

    /** Whether every event is for the reader. */
    boolean isWhole() {
        return this.type == null && this.allowed.isEvery();
    }

    LogQuery at(LogCursor further) {
        return new LogQuery(further, this.type, this.allowed, this.limit);
    }

}
