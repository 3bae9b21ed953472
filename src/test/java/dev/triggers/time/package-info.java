/**
 * How the service fares as time goes on for long.
 */
@NullMarked
package dev.triggers.time;

import org.jspecify.annotations.NullMarked;
