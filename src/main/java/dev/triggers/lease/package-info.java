/**
 * Many consumers that share one inbox: each event is leased to one of them at a time.
 */
@NullMarked
package dev.triggers.lease;

import org.jspecify.annotations.NullMarked;
