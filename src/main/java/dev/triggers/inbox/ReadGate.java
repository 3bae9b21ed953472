package dev.triggers.inbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.triggers.database.DatabaseProperties;
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

    @Autowired
    ReadGate(DatabaseProperties database) {
        this(Math.max(1, database.maxConnections() / 2));
    }

    ReadGate(int places) {
        this.places = new Semaphore(places, true);
    }

    /**
     * Reads when it is its turn.
     * @throws ProblemException 503 if that takes too long
     */
    public <T extends @Nullable Object> T read(Supplier<T> read) throws InterruptedException {
        if (!this.places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProblemException.unavailable("Too many reads are under way", Duration.ofSeconds(1));
        }
        try {
            return read.get();
        }
        finally {
            this.places.release();
        }
    }

}
