/**
 * One signed attempt over HTTP, and what its answer means. It knows no repository.
 */
@NullMarked
package dev.triggers.sending;

import org.jspecify.annotations.NullMarked;
