/**
 * Time and the identifiers made of it.
 */
@NullMarked
package dev.triggers.time;

import org.jspecify.annotations.NullMarked;
