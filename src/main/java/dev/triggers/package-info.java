/**
 * Event triggers over PostgreSQL: durable ingest, webhook delivery with retries, and an
 * inbox.
 */
@NullMarked
package dev.triggers;

import org.jspecify.annotations.NullMarked;
