package dev.triggers.move;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Rows that were packed to be sent.
 *
 * @param number its number among those of the move
 * @param table the table
 * @param rows how many
 * @param content a JSON array of them
 * @param range the events that they are all of; null: they come on top
 */
record Parcel(int number, MovedTable table, int rows, String content, @Nullable EventRange range) {

    static @Nullable EventRange range(@Nullable UUID first, @Nullable UUID until) {
        return (first != null) ? new EventRange(first, until) : null;
    }

}
