/**
 * Moves organizations to other cells while they work: their history is copied first, and
 * only the last of it behind a fence.
 */
@NullMarked
package dev.triggers.move;

import org.jspecify.annotations.NullMarked;
