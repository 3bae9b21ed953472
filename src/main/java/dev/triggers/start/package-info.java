/**
 * What a start looks for, sought only where it can be: Spring would look everywhere.
 */
@NullMarked
package dev.triggers.start;

import org.jspecify.annotations.NullMarked;
