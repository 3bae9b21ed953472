package dev.triggers.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.database.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What this instance believes of endpoints, to decide what may be handed over without
 * asking the database. A wrong belief costs a detour or one attempt, never a delivery.
 */
@Component
class EndpointStates {

    private static final Logger logger = LoggerFactory.getLogger(EndpointStates.class);

    private static final int ORGANIZATIONS = 100_000;

    private static final String TOPIC = "circuit";

    /** The endpoints of an organization that deliveries have gone to. */
    private final Cache<UUID, Set<UUID>> known = Caffeine.newBuilder()
        .maximumSize(ORGANIZATIONS)
        .executor(Runnable::run)
        .build();

    /** Endpoints not to be sent to before a reading of the monotonic clock. */
    private final ConcurrentHashMap<UUID, Long> quietUntil = new ConcurrentHashMap<>();

    private final Set<UUID> openCircuits = ConcurrentHashMap.newKeySet();

    /** Endpoints with deliveries waiting to be claimed: fresh ones go behind these. */
    private final Set<UUID> backlogged = ConcurrentHashMap.newKeySet();

    private final Notifications notifications;

    private final CircuitRepository circuits;

    private final AtomicBoolean looking = new AtomicBoolean();

    EndpointStates(Notifications notifications, CircuitRepository circuits) {
        this.notifications = notifications;
        this.circuits = circuits;
        notifications.on(TOPIC, this::hear);
        notifications.on("endpoint", (id) -> believeHealthy(UUID.fromString(id)));
        notifications.onReconnect(() -> {
            if (this.looking.compareAndSet(false, true)) {
                Thread.ofVirtual().name("circuits").start(this::lookAgain);
            }
        });
    }

    /**
     * Messages may have been missed: what recovered meanwhile is believed healthy, and
     * what did not is still left alone. Endpoints that began to fail show it by an
     * attempt.
     */
    private void lookAgain() {
        try {
            Map<UUID, Long> quiet = Map.copyOf(this.quietUntil);
            Set<UUID> believed = new HashSet<>(this.openCircuits);
            believed.addAll(quiet.keySet());
            believed.removeAll(this.circuits.unavailable(believed));
            believed.forEach((id) -> {
                this.openCircuits.remove(id);
                Long until = quiet.get(id);
                if (until != null) {
                    this.quietUntil.remove(id, until);
                }
            });
        }
        catch (DataAccessException ex) {
            logger.debug("Whether endpoints recovered is not known", ex);
            this.openCircuits.clear();
            this.quietUntil.clear();
        }
        finally {
            this.looking.set(false);
        }
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
        Set<UUID> taken = new HashSet<>();
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
