package dev.triggers.key;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells whose key is presented. A verified key is remembered for hours. That it was
 * rotated is heard from the instance that did it; while nothing can be heard, what is
 * older than a second is checked against its row, without hashing, before it counts.
 */
@Component
final class KeyAuthenticator {

    private static final int REPORTED_AT_ONCE = 1_000;

    private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final KeyVerifier verifier;

    private final Notifications notifications;

    /** By public id: of the keys that share one, only the verified one is right. */
    private final Cache<String, VerifiedKey> verified = Caffeine.newBuilder()
        .maximumSize(20_000)
        .expireAfterWrite(Duration.ofHours(6))
        .executor(Runnable::run)
        .build();

    /** Counts what was forgotten, so that a slow verification notices. */
    private final AtomicLong forgotten = new AtomicLong();

    /** What was checked before this moment may have changed unheard. */
    private volatile long heardSince = System.nanoTime();

    KeyAuthenticator(KeyVerifier verifier, Notifications notifications) {
        this.verifier = verifier;
        this.notifications = notifications;
        notifications.on("key", this::forget);
        notifications.on("sessions", (organizationId) -> forgetSessions(UUID.fromString(organizationId)));
        notifications.on("organization", (id) -> forgetAll(UUID.fromString(id)));
        notifications.onReconnect(() -> this.heardSince = System.nanoTime());
    }

    /**
     * The caller that the key stands for, or why it stands for none.
     * @throws dev.triggers.web.ProblemException 503 if that cannot be told now
     */
    Authentication authenticate(String presented) {
        ApiKey key = ApiKey.parse(presented);
        if (key == null) {
            return Refusal.MALFORMED;
        }
        byte[] digest = key.digest();
        VerifiedKey known = this.verified.getIfPresent(key.publicId());
        if (known == null) {
            return verify(key, digest);
        }
        if (!MessageDigest.isEqual(known.digest, digest)) {
            return Refusal.WRONG;
        }
        if (known.hasEnded()) {
            return Refusal.ENDED;
        }
        if (!isTrusted(known)) {
            return check(known);
        }
        if (!known.used) {
            known.used = true;
        }
        return known.caller;
    }

    private boolean isTrusted(VerifiedKey known) {
        long checkedAt = known.checkedAt;
        return (this.notifications.healthy() && checkedAt - this.heardSince > 0)
                || System.nanoTime() - checkedAt < TRUSTED_NANOS;
    }

    private Authentication verify(ApiKey key, byte[] digest) {
        long before = this.forgotten.get();
        long checkedAt = System.nanoTime();
        return switch (this.verifier.verify(key, digest)) {
            case Verified verified -> remember(verified, digest, checkedAt, before);
            case Refusal refusal -> refusal;
        };
    }

    private Authentication check(VerifiedKey known) {
        long before = this.forgotten.get();
        long checkedAt = System.nanoTime();
        Verified verified = this.verifier.check(known.caller.keyId()).orElse(null);
        if (verified == null) {
            forget(known.caller.keyId());
            return Refusal.ENDED;
        }
        return remember(verified, known.digest, checkedAt, before);
    }

    private Caller remember(Verified right, byte[] digest, long checkedAt, long before) {
        Caller caller = right.caller();
        this.verified.put(caller.keyId(), new VerifiedKey(digest, right, checkedAt));
        if (this.forgotten.get() != before) {
            // Perhaps this very key was rotated after its row had been read.
            this.verified.invalidate(caller.keyId());
        }
        return caller;
    }

    /**
     * Drops what is believed of a key and of the sessions that it made.
     */
    void forget(String keyId) {
        this.forgotten.incrementAndGet();
        this.verified.invalidate(keyId);
        this.verified.asMap().values().removeIf((known) -> keyId.equals(known.maker));
    }

    /**
     * Drops what is believed of an organization's sessions.
     */
    void forgetSessions(UUID organizationId) {
        this.forgotten.incrementAndGet();
        this.verified.asMap()
            .values()
            .removeIf((known) -> known.maker != null && known.caller.organizationId().equals(organizationId));
    }

    /**
     * Drops what is believed of an organization's keys and sessions.
     */
    void forgetAll(UUID organizationId) {
        this.forgotten.incrementAndGet();
        this.verified.asMap().values().removeIf((known) -> known.caller.organizationId().equals(organizationId));
    }

    /**
     * Hands over the keys that were used since they were handed over last. A request only
     * leaves a mark.
     * @param hour the hour; a key is handed over once in it
     * @param store keeps them
     */
    void reportUse(long hour, Consumer<List<String>> store) {
        List<VerifiedKey> used = this.verified.asMap()
            .values()
            .stream()
            .filter((known) -> known.used && known.reportedHour != hour && known.maker == null)
            .toList();
        for (int from = 0; from < used.size(); from += REPORTED_AT_ONCE) {
            List<VerifiedKey> some = used.subList(from, Math.min(used.size(), from + REPORTED_AT_ONCE));
            store.accept(some.stream().map((known) -> known.caller.keyId()).toList());
            some.forEach((known) -> known.reported(hour));
        }
    }

    /**
     * A key that was right when it was checked.
     */
    private static final class VerifiedKey {

        private final byte[] digest;

        private final Caller caller;

        private final long checkedAt;

        private final long endsAt;

        private final boolean ends;

        private final @Nullable String maker;

        /** A mark that is lost or late does no harm. */
        private boolean used = true;

        private long reportedHour = -1;

        VerifiedKey(byte[] digest, Verified right, long checkedAt) {
            Duration remaining = right.remaining();
            this.digest = digest;
            this.caller = right.caller();
            this.maker = right.maker();
            this.checkedAt = checkedAt;
            this.ends = (remaining != null);
            this.endsAt = (remaining != null) ? checkedAt + remaining.toNanos() : 0;
        }

        void reported(long hour) {
            this.reportedHour = hour;
            this.used = false;
        }

        boolean hasEnded() {
            return this.ends && System.nanoTime() - this.endsAt >= 0;
        }

    }

}
