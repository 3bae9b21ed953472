package dev.triggers.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes keys and replaces them.
 */
@Component
final class KeyIssuer {

    private final KeyRepository keys;

    private final OrganizationKeys others;

    private final KeyHasher hasher;

    private final KeyFingerprints fingerprints;

    private final KeyAuthenticator authenticator;

    private final KeyProperties properties;

    private final Cell cell;

    private final UuidV7 ids;

    private final Clock clock;

    KeyIssuer(KeyRepository keys, OrganizationKeys others, KeyHasher hasher, KeyFingerprints fingerprints,
            KeyAuthenticator authenticator, KeyProperties properties, Cell cell, UuidV7 ids, Clock clock) {
        this.keys = keys;
        this.others = others;
        this.hasher = hasher;
        this.fingerprints = fingerprints;
        this.authenticator = authenticator;
        this.properties = properties;
        this.cell = cell;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes an organization and its first key, which may do everything.
     */
    IssuedKey issue(String organizationName, String tier) {
        NewKey key = make();
        UUID organizationId = this.ids.next();
        this.keys.insert(organizationId, organizationName, tier, key);
        return new IssuedKey(key.key(),
                new Caller(organizationId, organizationName, tier, key.key().publicId(), Access.FULL, false),
                key.createdAt());
    }

    /**
     * Makes a further key of the caller's organization.
     */
    NewKey issue(Caller caller, String name, AccessRequest asked, @Nullable Instant expiresAt) {
        Access access = asked.from(caller.access(), caller.access().scopes());
        // Before the hash, which costs; what the locked row says counts
        this.others.requireRoom(caller);
        NewKey key = make();
        this.others.add(caller, name, access, expiresAt, key);
        return key;
    }

    /**
     * Makes a key of any organization, for its operator.
     */
    NewKey issue(UUID organizationId, String name, AccessRequest asked, @Nullable Instant expiresAt) {
        Access access = asked.from(Access.FULL, Scopes.EVERY);
        NewKey key = make();
        this.others.add(organizationId, name, access, expiresAt, key);
        return key;
    }

    /**
     * Replaces the caller's key, which ends after the grace period.
     */
    IssuedKey rotate(Caller caller, Duration gracePeriod) {
        NewKey key = make();
        if (!this.keys.rotate(caller.organizationId(), caller.keyId(), gracePeriod, key)) {
            throw ProblemException.of(ProblemKind.CONFLICT, "This key has been rotated already");
        }
        // Here at once, elsewhere when heard
        this.authenticator.forget(caller.keyId());
        return new IssuedKey(key.key(), new Caller(caller.organizationId(), caller.organizationName(), caller.tier(),
                key.key().publicId(), caller.access(), caller.suspended()), key.createdAt());
    }

    private NewKey make() {
        ApiKey key = ApiKey.generate(this.properties.environment(), this.cell);
        KeyHash hash = this.hasher.hash(key);
        return new NewKey(this.ids.next(), key, this.properties.environment(), hash, this.fingerprints.of(key),
                this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
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
