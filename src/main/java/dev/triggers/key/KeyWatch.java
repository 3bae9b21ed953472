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

    private final Cache<String, Verified> believed = Caffeine.newBuilder()
        .maximumSize(1_000)
        .expireAfter(Expiry.creating((String keyId, Verified key) -> lifetime(key)))
        .executor(Runnable::run)
        .build();

    KeyWatch(KeyVerifier verifier, Notifications notifications) {
        this.verifier = verifier;
        this.notifications = notifications;
        notifications.on("key", (keyId) -> {
            this.believed.invalidate(keyId);
            this.believed.asMap().values().removeIf((key) -> keyId.equals(key.maker()));
        });
        notifications.on("sessions",
                (organizationId) -> this.believed.asMap()
                    .values()
                    .removeIf((key) -> key.caller().organizationId().toString().equals(organizationId)));
        notifications.on("organization",
                (organizationId) -> this.believed.asMap()
                    .values()
                    .removeIf((key) -> key.caller().organizationId().toString().equals(organizationId)));
        notifications.onReconnect(this.believed::invalidateAll);
    }

    /**
     * Whether the key by which the caller came is valid, and gives what it gave; true
     * while that cannot be told.
     */
    public boolean isValid(Caller caller) {
        Verified key = this.notifications.healthy() ? this.believed.getIfPresent(caller.keyId()) : null;
        try {
            return gives((key != null) ? key : find(caller.keyId()), caller);
        }
        catch (ProblemException ex) {
            return true;
        }
    }

    private @Nullable Verified find(String keyId) {
        Verified key = this.verifier.check(keyId).orElse(null);
        if (key != null) {
            this.believed.put(keyId, key);
        }
        return key;
    }

    private static boolean gives(@Nullable Verified key, Caller caller) {
        return key != null && key.caller().access().equals(caller.access());
    }

    /** No longer than the key lasts. */
    private static Duration lifetime(Verified key) {
        Duration left = key.remaining();
        return (left != null && left.compareTo(BELIEVED) < 0) ? left : BELIEVED;
    }

}
