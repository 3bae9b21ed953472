/**
 * What is counted of attempts and events, and how long attempts took.
 */
@NullMarked
package dev.triggers.statistics;

import org.jspecify.annotations.NullMarked;
