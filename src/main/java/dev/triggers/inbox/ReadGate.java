package dev.triggers.inbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.triggers.database.DatabaseProperties;
import dev.triggers.database.ReadRoute;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets as many reads at the database as leave half of the connections to what comes in
 * and goes out: whoever polls too much waits for others who poll.
 */
@Component
public class ReadGate {

    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Semaphore places;

    /** All connections of the replica but what searches take. */
    private final Semaphore replicaPlaces;

    @Autowired
    ReadGate(DatabaseProperties database) {
        this(Math.max(1, database.maxConnections() / 2), Math.max(1, database.maxConnections() - 3));
    }

    ReadGate(int places, int replicaPlaces) {
        this.places = new Semaphore(places, true);
        this.replicaPlaces = new Semaphore(replicaPlaces, true);
    }

    /**
     * Reads when it is its turn, at the replica or not.
     * @throws ProblemException 503 if that takes too long
     */
    public <T extends @Nullable Object> T read(Supplier<T> read) throws InterruptedException {
        Semaphore gate = ReadRoute.leadsToReplica() ? this.replicaPlaces : this.places;
        if (!gate.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProblemException.unavailable("Too many reads are under way", Duration.ofSeconds(1));
        }
        try {
            return read.get();
        }
        finally {
            gate.release();
        }
    }

}
