package dev.triggers.move;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Events that are next to each other.
 *
 * @param first the first that may be among them
 * @param until the first behind them; null: there is no more
 */
record EventRange(UUID first, @Nullable UUID until) {
}
