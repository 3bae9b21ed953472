package dev.triggers.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Component;

/**
 * Makes keys and replaces them.
 */
@Component
final class KeyIssuer {

    private final KeyRepository keys;

    private final KeyHasher hasher;

    private final KeyAuthenticator authenticator;

    private final KeyProperties properties;

    private final UuidV7 ids;

    private final Clock clock;

    KeyIssuer(KeyRepository keys, KeyHasher hasher, KeyAuthenticator authenticator, KeyProperties properties,
            UuidV7 ids, Clock clock) {
        this.keys = keys;
        this.hasher = hasher;
        this.authenticator = authenticator;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes an organization and its first key.
     */
    IssuedKey issue(String organizationName, String tier) {
        ApiKey key = ApiKey.generate(this.properties.environment());
        KeyHash hash = this.hasher.hash(key);
        UUID organizationId = this.ids.next();
        Instant now = now();
        this.keys.insert(organizationId, organizationName, tier, now, key.publicId(), hash);
        return new IssuedKey(key, new Caller(organizationId, organizationName, tier, key.publicId(), Access.FULL), now);
    }

    /**
     * Replaces the caller's key, which ends after the grace period.
     */
    IssuedKey rotate(Caller caller, Duration gracePeriod) {
        ApiKey key = ApiKey.generate(this.properties.environment());
        KeyHash hash = this.hasher.hash(key);
        Instant now = now();
        List<String> ending = this.keys.rotate(caller, gracePeriod, now, key.publicId(), hash);
        if (ending.isEmpty()) {
            throw ProblemException.of(ProblemKind.CONFLICT, "This key has been rotated already");
        }
        // Here at once, elsewhere when heard
        ending.forEach(this.authenticator::forget);
        return new IssuedKey(key, new Caller(caller.organizationId(), caller.organizationName(), caller.tier(),
                key.publicId(), caller.access()), now);
    }

    private Instant now() {
        return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A key that was just made, and is shown this once.
     *
     * @param key the key
     * @param owner whose it is
     * @param issuedAt when it was made
     */
    record IssuedKey(ApiKey key, Caller owner, Instant issuedAt) {
    }

}
