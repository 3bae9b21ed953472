package dev.triggers.move;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What there is of some events.
 *
 * @param rows how many rows
 * @param content a JSON array of them
 * @param settled how many of them are older than the horizon
 * @param horizon whatever changes them later has this transaction id, or a later one
 * @param next the first event behind them that is still of their range; null: there is
 * none
 */
record RangePage(int rows, String content, int settled, String horizon, @Nullable UUID next) {
}
