package dev.triggers.key;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

/**
 * Verifies keys that are not known yet against the database. An unknown key costs one
 * indexed look-up, and a flood of them takes only part of the connections; so does a
 * wrong key with a real public id, unless that key was never verified: then it costs a
 * hash, and a flood of them keeps nobody else's key waiting.
 */
@Component
final class KeyVerifier {

    private static final int LOOKUPS = 3;

    private static final int HASHES_PER_ID = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KeyRepository keys;

    private final SessionRepository sessions;

    private final KeyHasher hasher;

    private final KeyFingerprints fingerprints;

    private final KeyMetrics metrics;

    private final Semaphore lookups = new Semaphore(LOOKUPS, true);

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

    KeyVerifier(KeyRepository keys, SessionRepository sessions, KeyHasher hasher, KeyFingerprints fingerprints,
            KeyMetrics metrics) {
        this.keys = keys;
        this.sessions = sessions;
        this.hasher = hasher;
        this.fingerprints = fingerprints;
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
            return lookUp(() -> this.sessions.find(digest)).<Verification>map((session) -> session)
                .orElse(Refusal.UNKNOWN);
        }
        StoredKey stored = lookUp(() -> this.keys.find(key.publicId())).orElse(null);
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
        byte[] fingerprint = this.fingerprints.of(key);
        if (stored.fingerprint() != null) {
            return MessageDigest.isEqual(stored.fingerprint(), fingerprint);
        }
        boolean right = matches(key, stored.hash());
        if (right) {
            this.keys.recognize(key.publicId(), fingerprint);
        }
        return right;
    }

    /**
     * What became of a key or session that was right, without another look at the secret.
     */
    Optional<Verified> check(String keyId) {
        return this.checks.ask(keyId, () -> ApiKey.isSession(keyId) ? lookUp(() -> this.sessions.check(keyId))
                : lookUp(() -> this.keys.find(keyId)).map(StoredKey::verified));
    }

    private <T> Optional<T> lookUp(Supplier<Optional<T>> statement) {
        try {
            if (!this.lookups.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                this.metrics.lookupRefused();
                throw KeyHasher.busy();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw KeyHasher.busy();
        }
        try {
            return statement.get();
        }
        finally {
            this.lookups.release();
        }
    }

    private boolean matches(ApiKey key, KeyHash hash) {
        String id = key.publicId();
        if (this.hashing.merge(id, 1, Integer::sum) > HASHES_PER_ID) {
            leave(id);
            this.metrics.hashRefused(HashPurpose.VERIFY);
            throw KeyHasher.busy();
        }
        try {
            return this.hasher.matches(key, hash);
        }
        finally {
            leave(id);
        }
    }

    private void leave(String id) {
        this.hashing.computeIfPresent(id, (key, count) -> (count > 1) ? count - 1 : null);
    }

}
