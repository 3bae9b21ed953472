package dev.triggers.event;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.triggers.database.Audience;
import dev.triggers.database.Notifications;
import org.springframework.stereotype.Component;

/**
 * The organizations of whose arrivals other instances have yet to hear: none that nobody
 * listens to there.
 */
@Component
class Unannounced {

    private final Set<UUID> organizations = ConcurrentHashMap.newKeySet();

    private final Audience audience;

    Unannounced(Notifications notifications) {
        // Who has just begun to listen may have missed what came a moment before
        this.audience = new Audience(notifications, "event-listeners", this.organizations::add);
    }

    Audience audience() {
        return this.audience;
    }

    /**
     * Costs next to nothing while nobody listens elsewhere.
     */
    void add(Collection<UUID> organizationIds) {
        if (this.audience.isAnywhereElse()) {
            for (UUID organizationId : organizationIds) {
                if (this.audience.isElsewhere(organizationId)) {
                    this.organizations.add(organizationId);
                }
            }
        }
    }

    Set<UUID> take(int most) {
        if (this.organizations.isEmpty()) {
            return Set.of();
        }
        Set<UUID> taken = this.organizations.stream().limit(most).collect(Collectors.toUnmodifiableSet());
        this.organizations.removeAll(taken);
        return taken;
    }

}
