/**
 * Finding events by what is known of them and by what is in their payloads.
 */
@NullMarked
package dev.triggers.search;

import org.jspecify.annotations.NullMarked;
