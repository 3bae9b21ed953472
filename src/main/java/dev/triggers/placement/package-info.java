/**
 * Which cell a new organization is made in, and which one knows the organization of an
 * external id.
 */
@NullMarked
package dev.triggers.placement;

import org.jspecify.annotations.NullMarked;
