/**
 * What the tests share: a real database, a client that speaks plain HTTP, a receiver of
 * webhooks.
 */
@NullMarked
package dev.triggers.support;

import org.jspecify.annotations.NullMarked;
