package dev.triggers.lease;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One at a time of each organization: they would only wait for each other at the
 * database, each with a connection that others want.
 */
@Component
class OrganizationTurns {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Acts when it is the organization's turn.
     * @throws ProblemException 503 if that takes too long
     */
    <T> T take(UUID organizationId, Action<T> action) throws InterruptedException {
        Turn turn = this.turns.compute(organizationId,
                (id, present) -> ((present != null) ? present : new Turn()).entered());
        try {
            if (!turn.free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.unavailable("Too many leases are under way", Duration.ofSeconds(1));
            }
            try {
                return action.act();
            }
            finally {
                turn.free.release();
            }
        }
        finally {
            this.turns.computeIfPresent(organizationId, (id, present) -> present.left());
        }
    }

    /**
     * What is done in turn.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    interface Action<T> {

        T act() throws InterruptedException;

    }

    /** Counted within the map's operations, which are atomic. */
    private static final class Turn {

        private final Semaphore free = new Semaphore(1, true);

        private int users;

        Turn entered() {
            this.users++;
            return this;
        }

        @Nullable Turn left() {
            this.users--;
            return (this.users > 0) ? this : null;
        }

    }

}
