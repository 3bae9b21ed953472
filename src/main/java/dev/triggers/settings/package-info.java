/**
 * How a setting that cannot be meant is refused, and how much memory there is.
 */
@NullMarked
package dev.triggers.settings;

import org.jspecify.annotations.NullMarked;
