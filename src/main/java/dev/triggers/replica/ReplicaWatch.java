package dev.triggers.replica;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.database.DatabaseProperties;
import dev.triggers.replica.ReplicaRepository.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks four times a second how far the replica is behind, where there is one.
 */
@Component
class ReplicaWatch implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(ReplicaWatch.class);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration FIRST_DOUBT = Duration.ofSeconds(1);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final ReplicaRepository servers;

    private final Staleness staleness = new Staleness();

    private final boolean configured;

    private final Duration most;

    private volatile long logHorizon;

    private final AtomicInteger failures = new AtomicInteger();

    private volatile long doubtedUntil = System.nanoTime();

    private volatile @Nullable Thread thread;

    /** What was last said of it. */
    private String said = "";

    ReplicaWatch(ReplicaRepository servers, DatabaseProperties properties) {
        this.servers = servers;
        this.configured = !properties.readUrl().isEmpty();
        this.most = properties.readStaleness();
    }

    /** Whether there is a replica at all. */
    boolean isConfigured() {
        return this.configured;
    }

    /** How old what the replica shows now is at the most; null: nobody knows. */
    @Nullable Duration staleness() {
        return this.staleness.at(System.nanoTime());
    }

    /** The same, if it may be read from. */
    @Nullable Duration usable() {
        boolean asked = this.configured && System.nanoTime() - this.doubtedUntil >= 0;
        Duration now = asked ? staleness() : null;
        return (now != null && now.compareTo(this.most) <= 0) ? now : null;
    }

    /** How far the log had come at the primary, at least. */
    long logHorizon() {
        return this.logHorizon;
    }

    /** It failed: nobody reads from it for a while, which grows. */
    void doubt() {
        Duration pause = FIRST_DOUBT.multipliedBy(1L << Math.min(this.failures.getAndIncrement(), 5));
        this.doubtedUntil = System.nanoTime() + pause.toNanos();
    }

    /** It has answered. */
    void trust() {
        this.failures.set(0);
    }

    private void watch() {
        while (isRunning()) {
            Duration pause = look() ? PAUSE : AFTER_TROUBLE;
            try {
                Thread.sleep(pause);
            }
            catch (InterruptedException ex) {
                return;
            }
        }
    }

    private boolean look() {
        long asked = System.nanoTime();
        try {
            Position primary = this.servers.primary();
            this.staleness.primaryAt(asked, primary.position());
            this.logHorizon = primary.horizon();
            OptionalLong replica = this.servers.replica(primary);
            if (replica.isEmpty()) {
                this.staleness.forget();
                say("DATABASE_READ_URL leads to a database that does not follow the one that DATABASE_URL leads to, or has "
                        + "yet to come as far: it is not read from");
                return false;
            }
            this.staleness.replicaAt(replica.getAsLong());
            say("");
            return true;
        }
        catch (DataAccessException ex) {
            // What is known grows old by itself
            say("It is not known how far the replica is behind: " + ex.getMessage());
            return false;
        }
    }

    private void say(String what) {
        if (!what.equals(this.said) && isRunning()) {
            this.said = what;
            if (what.isEmpty()) {
                logger.info("The replica can be read from");
            }
            else {
                logger.warn("{}", what);
            }
        }
    }

    @Override
    public void start() {
        if (this.configured) {
            this.thread = Thread.ofVirtual().name("replica").unstarted(this::watch);
            this.thread.start();
        }
    }

    @Override
    public void stop() {
        Thread watching = this.thread;
        this.thread = null;
        if (watching != null) {
            watching.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.thread != null;
    }

}
