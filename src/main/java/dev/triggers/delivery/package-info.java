/**
 * The engine: what is due is claimed, queued, given a slot and sent, and what came of it
 * recorded; fresh deliveries are handed over in memory.
 */
@NullMarked
package dev.triggers.delivery;

import org.jspecify.annotations.NullMarked;
