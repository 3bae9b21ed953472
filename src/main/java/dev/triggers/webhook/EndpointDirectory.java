package dev.triggers.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.triggers.database.Notifications;
import dev.triggers.key.Caller;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Endpoints as this instance knows them. A change reaches it at once by notification;
 * while none would arrive, what it knows is believed for a second at most.
 */
@Component
public class EndpointDirectory {

    private static final int CAPACITY = 10_000;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final long BELIEVED_NANOS = Duration.ofSeconds(1).toNanos();

    private final LoadingCache<UUID, @Nullable Known> known;

    private final Notifications notifications;

    EndpointDirectory(EndpointRepository endpoints, Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.known = Caffeine.newBuilder()
            .maximumSize(CAPACITY)
            .expireAfter(Expiry.creating((UUID id, Known entry) -> entry.lifetime(clock.instant())))
            .executor(Runnable::run)
            .build((id) -> Known.of(endpoints.find(id)));
        notifications.on("endpoint", (id) -> this.known.invalidate(UUID.fromString(id)));
        notifications.onReconnect(this.known::invalidateAll);
    }

    /**
     * The endpoint, or null if there is none or no more.
     */
    public @Nullable Endpoint find(UUID id) {
        Known entry = this.known.get(id);
        if (entry != null && !believed(entry)) {
            this.known.invalidate(id);
            entry = this.known.get(id);
        }
        return (entry != null) ? entry.endpoint() : null;
    }

    /**
     * The endpoint, if this instance knows it without asking the database; null says
     * nothing.
     */
    public @Nullable Endpoint known(UUID id) {
        Known entry = this.known.getIfPresent(id);
        return (entry != null && believed(entry)) ? entry.endpoint() : null;
    }

    private boolean believed(Known entry) {
        return this.notifications.healthy() || entry.age() <= BELIEVED_NANOS;
    }

    /**
     * The caller's endpoint.
     * @param id its identifier as the client gave it
     * @throws ProblemException 400 if that is none, 404 if there is no such endpoint, or
     * it is another organization's, or the key is held to others
     */
    public Endpoint require(Caller caller, String id) {
        Endpoint endpoint = find(PathId.parse("endpoint_id", id));
        if (endpoint == null || !endpoint.organizationId().equals(caller.organizationId())
                || !EndpointAccess.isOwn(caller, endpoint)) {
            throw ProblemException.notFound("Webhook");
        }
        return endpoint;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void forget(EndpointChanged change) {
        this.known.invalidate(change.id());
    }

    /**
     * An endpoint as read.
     *
     * @param endpoint the endpoint
     * @param readAt when, by the monotonic clock
     */
    private record Known(Endpoint endpoint, long readAt) {

        static @Nullable Known of(@Nullable Endpoint endpoint) {
            return (endpoint != null) ? new Known(endpoint, System.nanoTime()) : null;
        }

        long age() {
            return System.nanoTime() - this.readAt;
        }

        /** No longer than both its secrets are live. */
        Duration lifetime(Instant now) {
            Instant change = this.endpoint.previousSecretExpiresAt();
            Duration left = (change != null) ? Duration.between(now, change) : LONGEST;
            return (left.compareTo(LONGEST) < 0) ? left : LONGEST;
        }

    }

}
