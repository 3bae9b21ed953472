package dev.triggers.key;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.triggers.database.Notifications;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether keys are still valid, for what goes on long after its request was
 * authenticated. To be asked every second: what was found is believed for a minute, until
 * a change is heard of, and not at all while none would be.
 */
@Component
public final class KeyWatch {

    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final KeyVerifier verifier;

    private final Notifications notifications;

    private final Cache<String, StoredKey> believed = Caffeine.newBuilder()
        .maximumSize(1_000)
        .expireAfter(Expiry.creating((String keyId, StoredKey key) -> lifetime(key)))
        .executor(Runnable::run)
        .build();

    KeyWatch(KeyVerifier verifier, Notifications notifications) {
        this.verifier = verifier;
        this.notifications = notifications;
        notifications.on("key", this.believed::invalidate);
        notifications.onReconnect(this.believed::invalidateAll);
    }

    /**
     * Whether the key by which the caller came is valid, and gives what it gave; true
     * while that cannot be told.
     */
    public boolean isValid(Caller caller) {
        StoredKey key = this.notifications.healthy() ? this.believed.getIfPresent(caller.keyId()) : null;
        try {
            return gives((key != null) ? key : find(caller.keyId()), caller);
        }
        catch (ProblemException ex) {
            return true;
        }
    }

    private @Nullable StoredKey find(String keyId) {
        StoredKey key = this.verifier.check(keyId).orElse(null);
        if (key != null) {
            this.believed.put(keyId, key);
        }
        return key;
    }

    private static boolean gives(@Nullable StoredKey key, Caller caller) {
        return key != null && key.caller().access().equals(caller.access());
    }

    /** No longer than the key lasts. */
    private static Duration lifetime(StoredKey key) {
        Duration left = key.remaining();
        return (left != null && left.compareTo(BELIEVED) < 0) ? left : BELIEVED;
    }

}
