/**
 * Receivers of the service's own, for a try: each for an hour, shown to the organization
 * that made it. Deliveries are handed over in memory; from outside they are plain
 * receivers.
 */
@NullMarked
package dev.triggers.playground;

import org.jspecify.annotations.NullMarked;
