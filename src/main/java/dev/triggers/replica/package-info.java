/**
 * Reading from a standby what need not be the latest, while it is known how old it is at
 * the most.
 */
@NullMarked
package dev.triggers.replica;

import org.jspecify.annotations.NullMarked;
