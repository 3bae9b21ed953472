package dev.triggers.inbox;

import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells who listens that events were acknowledged, once that is committed. While nobody
 * does, it costs a look.
 */
@Component
public class Acknowledgements {

    private volatile @Nullable BiConsumer<UUID, Collection<UUID>> listener;

    /**
     * Sets the listener, which must not wait, or takes it away.
     */
    public void listen(@Nullable BiConsumer<UUID, Collection<UUID>> newListener) {
        this.listener = newListener;
    }

    /**
     * These events of the organization were acknowledged, now or before.
     */
    public void made(UUID organizationId, Collection<UUID> eventIds) {
        BiConsumer<UUID, Collection<UUID>> current = this.listener;
        if (current != null && !eventIds.isEmpty()) {
            current.accept(organizationId, eventIds);
        }
    }

}
