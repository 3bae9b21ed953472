/**
 * Organizations as their operator sees them: made, changed, suspended, looked at.
 */
@NullMarked
package dev.triggers.organization;

import org.jspecify.annotations.NullMarked;
