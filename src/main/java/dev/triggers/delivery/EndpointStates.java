package dev.triggers.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

/**
 * What this instance believes of endpoints, to decide what may be handed over without
 * asking the database. A wrong belief costs a detour or one attempt, never a delivery.
 */
@Component
class EndpointStates {

    private static final int ORGANIZATIONS = 100_000;

    /** The endpoints of an organization that deliveries have gone to. */
    private final Cache<UUID, Set<UUID>> known = Caffeine.newBuilder().maximumSize(ORGANIZATIONS).build();

    /** Endpoints not to be sent to before a reading of the monotonic clock. */
    private final ConcurrentHashMap<UUID, Long> quietUntil = new ConcurrentHashMap<>();

    private final Set<UUID> openCircuits = ConcurrentHashMap.newKeySet();

    /** Endpoints with deliveries waiting to be claimed: fresh ones go behind these. */
    private final Set<UUID> backlogged = ConcurrentHashMap.newKeySet();

    void seen(UUID organizationId, UUID endpointId) {
        this.known.get(organizationId, (id) -> ConcurrentHashMap.newKeySet()).add(endpointId);
    }

    void forget(UUID organizationId, UUID endpointId) {
        Set<UUID> endpoints = this.known.getIfPresent(organizationId);
        if (endpoints != null) {
            endpoints.remove(endpointId);
        }
        this.openCircuits.remove(endpointId);
        this.quietUntil.remove(endpointId);
    }

    void backlog(Collection<UUID> endpointIds) {
        this.backlogged.addAll(endpointIds);
    }

    /**
     * The backlog after a look at everything that is due: what could have been taken and
     * was not there is gone.
     */
    void looked(Claim claim, DeliverySlots slots) {
        claim.deliveries().forEach((delivery) -> seen(delivery.organizationId(), delivery.endpointId()));
        Set<UUID> taken = new java.util.HashSet<>();
        claim.deliveries().forEach((delivery) -> taken.add(delivery.endpointId()));
        this.backlogged.addAll(taken);
        this.backlogged.removeAll(claim.drained());
        if (claim.next() == null) {
            this.backlogged.removeIf((id) -> !taken.contains(id) && !isQuiet(id) && slots.roomOf(id) > 0);
        }
    }

    void changed(CircuitChange health) {
        if (health.open()) {
            this.openCircuits.add(health.endpointId());
        }
        else {
            this.openCircuits.remove(health.endpointId());
        }
        if (health.open() || health.quiet().isPositive()) {
            Duration quiet = health.quiet().plusSeconds(health.open() ? 1 : 0);
            this.quietUntil.put(health.endpointId(), System.nanoTime() + quiet.toNanos());
        }
        else {
            this.quietUntil.remove(health.endpointId());
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
    private boolean isQuiet(UUID endpointId) {
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
