/**
 * Delivery of stored events to endpoints: claims, attempts, retries, circuits and their
 * history.
 */
@NullMarked
package dev.triggers.delivery;

import org.jspecify.annotations.NullMarked;
