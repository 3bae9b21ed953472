/**
 * What a receiver of webhooks does: the code that the documentation shows, as it runs.
 */
@NullMarked
package dev.triggers.receiver;

import org.jspecify.annotations.NullMarked;
