/**
 * Everything that was accepted, in an order in which nothing ever appears behind a
 * position that was given out: pages from a position that may be kept, and positions kept
 * for consumers.
 */
@NullMarked
package dev.triggers.log;

import org.jspecify.annotations.NullMarked;
