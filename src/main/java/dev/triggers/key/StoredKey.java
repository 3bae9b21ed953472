package dev.triggers.key;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A key's row while the key is live.
 *
 * @param caller on whose behalf its bearer acts
 * @param hash what it is verified with
 * @param fingerprint what it is known by to who has the pepper; null: not yet verified
 * @param remaining how long it stays live; null: until it is rotated
 */
// Never compared
@SuppressWarnings("ArrayRecordComponent")
record StoredKey(Caller caller, KeyHash hash, byte @Nullable [] fingerprint, @Nullable Duration remaining) {

    Verified verified() {
        return new Verified(this.caller, this.remaining, null);
    }

}
