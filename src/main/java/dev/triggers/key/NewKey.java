package dev.triggers.key;

import java.time.Instant;
import java.util.UUID;

/**
 * A key that was just made, with what is stored of it.
 *
 * @param id what its organization knows it by
 * @param key the key, to be shown this once
 * @param environment what it is for
 * @param hash what is stored instead of it
 * @param fingerprint what it is known by to who has the pepper
 * @param createdAt when it was made
 */
// Never compared
@SuppressWarnings("ArrayRecordComponent")
record NewKey(UUID id, ApiKey key, KeyEnvironment environment, KeyHash hash, byte[] fingerprint, Instant createdAt) {
}
