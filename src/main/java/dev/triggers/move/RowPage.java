package dev.triggers.move;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of a table.
 *
 * @param rows how many
 * @param content a JSON array of them
 * @param last the key of the last one; null: there is none
 */
record RowPage(int rows, String content, @Nullable List<String> last) {
}
