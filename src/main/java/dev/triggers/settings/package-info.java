/**
 * How a setting that cannot be meant is refused.
 */
@NullMarked
package dev.triggers.settings;

import org.jspecify.annotations.NullMarked;
