package dev.triggers.key;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A key's row while the key is live.
 *
 * @param caller on whose behalf its bearer acts
 * @param hash what it is verified with
 * @param remaining how long it stays live; null: until it is rotated
 */
record StoredKey(Caller caller, KeyHash hash, @Nullable Duration remaining) implements Verification {
}
