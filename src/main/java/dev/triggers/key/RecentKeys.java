package dev.triggers.key;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The keys that were made or used lately, read together when an instance starts: who
 * posts all the time has not to wait until each key was looked up. They are verified as
 * any other, and let go when all that are in use have been.
 */
@Component
class RecentKeys {

    private static final Logger logger = LoggerFactory.getLogger(RecentKeys.class);

    private static final int MOST = 10_000;

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final KeyRepository repository;

    private final Notifications notifications;

    private final AtomicBoolean begun = new AtomicBoolean();

    /** Counts what has changed, so that a slow reading notices. */
    private long changes;

    private final ConcurrentMap<String, StoredKey> keys = new ConcurrentHashMap<>();

    RecentKeys(KeyRepository repository, Notifications notifications) {
        this.repository = repository;
        this.notifications = notifications;
        notifications.on("key", (keyId) -> change(Set.of(keyId)));
        notifications.on("organization", (organizationId) -> change(keysOf(UUID.fromString(organizationId))));
        // Only of what changes from now on is heard
        notifications.onReconnect(() -> {
            change(Set.copyOf(this.keys.keySet()));
            if (this.begun.compareAndSet(false, true)) {
                Thread.ofVirtual().name("recent-keys").start(this::keepForAWhile);
            }
        });
    }

    private synchronized void change(Set<String> keyIds) {
        this.changes++;
        this.keys.keySet().removeAll(keyIds);
    }

    private Set<String> keysOf(UUID organizationId) {
        return this.keys.values()
            .stream()
            .map(StoredKey::caller)
            .filter((caller) -> caller.organizationId().equals(organizationId))
            .map(Caller::keyId)
            .collect(Collectors.toSet());
    }

    /**
     * The key as it was read; null if it was not, or may have changed unheard.
     */
    @Nullable StoredKey get(String keyId) {
        return this.notifications.healthy() ? this.keys.get(keyId) : null;
    }

    private void keepForAWhile() {
        try {
            read();
            Thread.sleep(KEPT);
        }
        catch (DataAccessException ex) {
            logger.debug("Recent keys were not read: {}", ex.toString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        finally {
            this.keys.clear();
        }
    }

    private void read() {
        long before = changes();
        take(this.repository.recent(MOST), before);
    }

    private synchronized long changes() {
        return this.changes;
    }

    private synchronized void take(List<StoredKey> read, long before) {
        if (this.changes == before) {
            read.forEach((key) -> this.keys.put(key.caller().keyId(), key));
        }
    }

}
