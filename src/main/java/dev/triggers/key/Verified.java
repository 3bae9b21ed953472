package dev.triggers.key;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A key or a session that is right.
 *
 * @param caller on whose behalf its bearer acts
 * @param remaining how long it stays live; null: until it is rotated
 * @param maker the public id of the key that made it, if it is a session; empty: the
 * operator did
 */
record Verified(Caller caller, @Nullable Duration remaining, @Nullable String maker) implements Verification {
}
