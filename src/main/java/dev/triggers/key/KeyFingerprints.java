package dev.triggers.key;

import java.security.MessageDigest;

import dev.triggers.key.Peppers.Pepper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * By what an instance knows a key again that was verified once, by any instance: after a
 * restart nobody has to wait for a hash. It is keyed with the pepper, which is not in the
 * database: a stolen table tells nothing by it, and with another pepper it matches no
 * key. A key has too many random bits to be guessed, so nothing slow is needed here.
 */
@Component
final class KeyFingerprints {

    private final Peppers peppers;

    KeyFingerprints(Peppers peppers) {
        this.peppers = peppers;
    }

    /** By which it is known from now on. */
    byte[] of(ApiKey key) {
        return of(key, this.peppers.newest());
    }

    private static byte[] of(ApiKey key, Pepper pepper) {
        return Peppers.mac(pepper.fingerprints(), key.bytes());
    }

    /**
     * With which pepper the fingerprint is the key's; null if it is not.
     */
    @Nullable Pepper match(ApiKey key, byte[] fingerprint, @Nullable String name) {
        for (Pepper pepper : this.peppers.candidates(name)) {
            if (MessageDigest.isEqual(fingerprint, of(key, pepper))) {
                return pepper;
            }
        }
        return null;
    }

}
