/**
 * Ingest: events are validated, stored in batches by group commit, and only then
 * answered.
 */
@NullMarked
package dev.triggers.event;

import org.jspecify.annotations.NullMarked;
