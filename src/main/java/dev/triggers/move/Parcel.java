package dev.triggers.move;

/**
 * Rows that were packed to be sent.
 *
 * @param number its number among those of the move
 * @param table the table
 * @param rows how many
 * @param content a JSON array of them
 */
record Parcel(int number, MovedTable table, int rows, String content) {
}
