/**
 * An organization's endpoints: where events are to be delivered, and the secrets that
 * sign them.
 */
@NullMarked
package dev.triggers.webhook;

import org.jspecify.annotations.NullMarked;
