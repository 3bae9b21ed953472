/**
 * What is shown of attempts, and of one event in full.
 */
@NullMarked
package dev.triggers.attempt;

import org.jspecify.annotations.NullMarked;
