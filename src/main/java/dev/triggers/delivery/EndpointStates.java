package dev.triggers.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.database.Notifications;
import org.springframework.stereotype.Component;

/**
 * What this instance believes of endpoints, to decide what may be handed over without
 * asking the database. A wrong belief costs a detour or one attempt, never a delivery.
 */
@Component
class EndpointStates {

    private static final int ORGANIZATIONS = 100_000;

    private static final String TOPIC = "circuit";

    /** The endpoints of an organization that deliveries have gone to. */
    private final Cache<UUID, Set<UUID>> known = Caffeine.newBuilder().maximumSize(ORGANIZATIONS).build();

    /** Endpoints not to be sent to before a reading of the monotonic clock. */
    private final ConcurrentHashMap<UUID, Long> quietUntil = new ConcurrentHashMap<>();

    private final Set<UUID> openCircuits = ConcurrentHashMap.newKeySet();

    /** Endpoints with deliveries waiting to be claimed: fresh ones go behind these. */
    private final Set<UUID> backlogged = ConcurrentHashMap.newKeySet();

    private final Notifications notifications;

    EndpointStates(Notifications notifications) {
        this.notifications = notifications;
        notifications.on(TOPIC, this::hear);
        notifications.on("endpoint", (id) -> believeHealthy(UUID.fromString(id)));
        notifications.onReconnect(() -> {
            this.openCircuits.clear();
            this.quietUntil.clear();
        });
    }

    void seen(UUID organizationId, UUID endpointId) {
        this.known.get(organizationId, (id) -> ConcurrentHashMap.newKeySet()).add(endpointId);
    }

    void forget(UUID organizationId, UUID endpointId) {
        Set<UUID> endpoints = this.known.getIfPresent(organizationId);
        if (endpoints != null) {
            endpoints.remove(endpointId);
        }
        believeHealthy(endpointId);
    }

    /** Its owner may have changed whatever was wrong with it. */
    private void believeHealthy(UUID endpointId) {
        this.openCircuits.remove(endpointId);
        this.quietUntil.remove(endpointId);
    }

    void backlog(Collection<UUID> endpointIds) {
        this.backlogged.addAll(endpointIds);
    }

    /**
     * The backlog after a look at what is due: what could have been taken and was not
     * there is gone.
     * @param after the endpoint that the look began behind
     */
    void looked(UUID after, Claim claim, DeliverySlots slots) {
        claim.deliveries().forEach((delivery) -> seen(delivery.organizationId(), delivery.endpointId()));
        Set<UUID> taken = new java.util.HashSet<>();
        claim.deliveries().forEach((delivery) -> taken.add(delivery.endpointId()));
        this.backlogged.addAll(taken);
        this.backlogged.removeAll(claim.drained());
        UUID last = claim.next();
        this.backlogged.removeIf((id) -> id.compareTo(after) > 0 && (last == null || id.compareTo(last) <= 0)
                && !taken.contains(id) && !isQuiet(id) && slots.roomOf(id) > 0);
    }

    /**
     * Takes in, and tells the other instances, that an endpoint's circuit opened or
     * closed, or that it asked to be left alone: else each of them would find out by
     * attempts of its own.
     */
    void changed(CircuitChange health) {
        believe(health.endpointId(), health.open(), health.quiet());
        if (health.open() != health.wasOpen() || (!health.open() && health.quiet().isPositive())) {
            this.notifications.send(TOPIC, health.endpointId() + " " + health.open() + " " + health.quiet().toMillis());
        }
    }

    private void hear(String message) {
        String[] words = message.split(" ", -1);
        believe(UUID.fromString(words[0]), Boolean.parseBoolean(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
    }

    private void believe(UUID endpointId, boolean open, Duration quiet) {
        if (open) {
            this.openCircuits.add(endpointId);
        }
        else {
            this.openCircuits.remove(endpointId);
        }
        if (quiet.isPositive()) {
            this.quietUntil.put(endpointId, System.nanoTime() + quiet.toNanos());
        }
        else {
            this.quietUntil.remove(endpointId);
        }
    }

    List<UUID> candidates(UUID organizationId) {
        Set<UUID> endpoints = this.known.getIfPresent(organizationId);
        if (endpoints == null) {
            return List.of();
        }
        return endpoints.stream().filter((id) -> !this.backlogged.contains(id) && !isQuiet(id)).toList();
    }

    int openCircuits() {
        return this.openCircuits.size();
    }

    /** An open circuit stays quiet until its probe has closed it. */
    boolean isQuiet(UUID endpointId) {
        if (this.openCircuits.contains(endpointId)) {
            return true;
        }
        Long until = this.quietUntil.get(endpointId);
        if (until == null) {
            return false;
        }
        if (System.nanoTime() - until < 0) {
            return true;
        }
        this.quietUntil.remove(endpointId, until);
        return false;
    }

}
