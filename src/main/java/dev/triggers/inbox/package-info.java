/**
 * What integrators poll and acknowledge: listings, long polls, acknowledgements.
 */
@NullMarked
package dev.triggers.inbox;

import org.jspecify.annotations.NullMarked;
