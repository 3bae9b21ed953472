/**
 * Generates the description of the API from the controllers, and holds the file that is
 * served to it.
 */
@NullMarked
package dev.triggers.openapi;

import org.jspecify.annotations.NullMarked;
