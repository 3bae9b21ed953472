/**
 * What integrators poll and acknowledge: listings, long polls, single events,
 * acknowledgements.
 */
@NullMarked
package dev.triggers.inbox;

import org.jspecify.annotations.NullMarked;
