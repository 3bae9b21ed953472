package dev.triggers.key;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.key.Peppers.Pepper;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Verifies keys that are not known yet against the database. An unknown key costs one
 * indexed look-up, and a flood of them takes only part of the connections; so does a
 * wrong key with a real public id, unless that key was never verified: then it costs a
 * hash, and a flood of them keeps nobody else's key waiting.
 */
@Component
final class KeyVerifier {

    private static final Logger logger = LoggerFactory.getLogger(KeyVerifier.class);

    private static final int HASHES_PER_ID = 4;

    private final KeyRepository keys;

    private final RecentKeys recent;

    private final KeyLookups lookups;

    private final KeyHasher hasher;

    private final KeyFingerprints fingerprints;

    private final Peppers peppers;

    private final PepperState pepperState;

    private final KeyMetrics metrics;

    private final ConcurrentMap<String, Integer> hashing = new ConcurrentHashMap<>();

    /** By digest: many requests that present one key wait for one answer. */
    private final SingleFlight<ByteBuffer, Verification> verifications = new SingleFlight<>();

    private final SingleFlight<String, Optional<Verified>> checks = new SingleFlight<>();

    /** Digests of wrong keys, so that a client that insists costs one hash. */
    private final Cache<ByteBuffer, Boolean> wrong = Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfterWrite(Duration.ofMinutes(1))
        .executor(Runnable::run)
        .build();

    KeyVerifier(KeyRepository keys, RecentKeys recent, KeyLookups lookups, KeyHasher hasher,
            KeyFingerprints fingerprints, Peppers peppers, PepperState pepperState, KeyMetrics metrics) {
        this.keys = keys;
        this.recent = recent;
        this.lookups = lookups;
        this.hasher = hasher;
        this.fingerprints = fingerprints;
        this.peppers = peppers;
        this.pepperState = pepperState;
        this.metrics = metrics;
    }

    /**
     * Finds and verifies a key.
     */
    Verification verify(ApiKey key, byte[] digest) {
        ByteBuffer name = ByteBuffer.wrap(digest);
        return this.verifications.ask(name, () -> verifyOnce(key, digest, name));
    }

    private Verification verifyOnce(ApiKey key, byte[] digest, ByteBuffer name) {
        if (this.wrong.getIfPresent(name) != null) {
            return Refusal.WRONG;
        }
        if (key.isSession()) {
            // Found by its digest, so that nothing is left to compare
            return this.lookups.session(digest).<Verification>map((session) -> session).orElse(Refusal.UNKNOWN);
        }
        StoredKey stored = this.recent.get(key.publicId());
        if (stored == null) {
            stored = this.lookups.key(key.publicId()).orElse(null);
        }
        if (stored == null) {
            return Refusal.UNKNOWN;
        }
        if (isRight(key, stored)) {
            return stored.verified();
        }
        this.wrong.put(name, true);
        return Refusal.WRONG;
    }

    /**
     * A key that was verified once has left its fingerprint, and any other key of its
     * public id is wrong.
     */
    private boolean isRight(ApiKey key, StoredKey stored) {
        byte[] fingerprint = stored.fingerprint();
        Pepper pepper = (fingerprint != null) ? this.fingerprints.match(key, fingerprint, stored.hash().pepper())
                : matches(key, stored.hash());
        if (pepper != null && !pepper.name().equals(this.peppers.newest().name())) {
            renew(key, stored.hash());
        }
        else if (pepper != null && (fingerprint == null || stored.hash().pepper() == null)) {
            this.keys.recognize(key.publicId(), this.fingerprints.of(key), pepper.name());
        }
        return pepper != null;
    }

    /**
     * Moves a key that is right to the newest pepper: now, or when it is next verified.
     */
    private void renew(ApiKey key, KeyHash before) {
        try {
            if (this.pepperState.moves()) {
                this.keys.renew(key.publicId(), before, this.hasher.hash(key), this.fingerprints.of(key));
            }
        }
        catch (ProblemException | DataAccessException ex) {
            logger.debug("Key {} keeps its pepper for now: {}", key.publicId(), ex.getMessage());
        }
    }

    /**
     * What became of a key or session that was right, without another look at the secret.
     */
    Optional<Verified> check(String keyId) {
        return this.checks.ask(keyId, () -> ApiKey.isSession(keyId) ? this.lookups.sessionOf(keyId)
                : this.lookups.key(keyId).map(StoredKey::verified));
    }

    private @Nullable Pepper matches(ApiKey key, KeyHash hash) {
        String id = key.publicId();
        if (this.hashing.merge(id, 1, Integer::sum) > HASHES_PER_ID) {
            leave(id);
            this.metrics.hashRefused(HashPurpose.VERIFY);
            throw KeyHasher.busy();
        }
        try {
            return this.hasher.match(key, hash);
        }
        finally {
            leave(id);
        }
    }

    private void leave(String id) {
        this.hashing.computeIfPresent(id, (key, count) -> (count > 1) ? count - 1 : null);
    }

}
