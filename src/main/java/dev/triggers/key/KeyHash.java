package dev.triggers.key;

import org.jspecify.annotations.Nullable;

/**
 * What is stored of a key instead of the key: Argon2id, version 1.3, with its parameters.
 *
 * @param salt salt of this key
 * @param hash the hash
 * @param memoryKib memory in KiB
 * @param iterations passes over it
 * @param parallelism lanes
 * @param pepper the name of the pepper; null: it was made when there was one
 */
// Never compared
@SuppressWarnings("ArrayRecordComponent")
record KeyHash(byte[] salt, byte[] hash, int memoryKib, int iterations, int parallelism, @Nullable String pepper) {

    @Override
    public String toString() {
        return "KeyHash[****]";
    }

}
