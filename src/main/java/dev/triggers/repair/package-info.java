/**
 * Sending again what has failed, or what a receiver has lost.
 */
@NullMarked
package dev.triggers.repair;

import org.jspecify.annotations.NullMarked;
