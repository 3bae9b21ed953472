package dev.triggers.database;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import dev.triggers.database.InstanceRepository.Seen;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This instance among the others on its database. Each has a number, which its leases
 * carry, and holds a lock by which the others know that it lives; through a pooler, which
 * keeps no session, or where it cannot listen, it says so every second instead. What an
 * instance that ended had leased is given back: within two seconds where it held a lock,
 * within six where it did not. An instance that cannot be sure to be taken for living
 * begins nothing.
 */
@Component
public class Instances {

    private static final Logger logger = LoggerFactory.getLogger(Instances.class);

    /**
     * How long an instance that beats is sure of itself: less than the others wait.
     */
    private static final Duration BEAT_SURE = InstanceWatch.BEAT.minusSeconds(1);

    private static final int LOCK_TRIES = 20;

    private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

    /** After a loss of the session, others may have lost theirs, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Which process this is. */
    private final UUID process = UUID.randomUUID();

    private final InstanceRepository pool;

    private final List<Runnable> endListeners = new CopyOnWriteArrayList<>();

    private volatile @Nullable Holding holding;

    /** When it was last seen to be held. */
    private volatile long sureAt;

    private final AtomicReference<Set<Integer>> ended = new AtomicReference<>(Set.of());

    private volatile int living;

    private InstanceRepository session;

    private InstanceWatch watch = new InstanceWatch();

    private volatile boolean left;

    private long patientUntil = System.nanoTime();

    Instances(JdbcClient jdbc, MeterRegistry meters) {
        this.pool = new InstanceRepository(jdbc);
        this.session = this.pool;
        Gauge.builder("triggers.instances", this, (instances) -> instances.living)
            .description("Instances on this database, as this one sees it")
            .register(meters);
    }

    /**
     * The number that leases of this instance carry; none while it may be taken for
     * ended.
     */
    public OptionalInt number() {
        Holding current = this.holding;
        return (current != null && isSure(current)) ? OptionalInt.of(current.number) : OptionalInt.empty();
    }

    /**
     * Whether what this instance leased at that time, by {@link System#nanoTime()}, is
     * still its own.
     */
    public boolean holdsSince(long nanoTime) {
        Holding current = this.holding;
        return current != null && isSure(current) && nanoTime - current.since >= 0;
    }

    private boolean isSure(Holding current) {
        long sure = (current.beating ? BEAT_SURE : InstanceWatch.LOCK).toNanos();
        return System.nanoTime() - this.sureAt < sure;
    }

    /**
     * The numbers of instances that ended, and whose leases have yet to be given back;
     * none until the next look shows them again.
     */
    public Set<Integer> takeEnded() {
        return this.ended.getAndSet(Set.of());
    }

    /**
     * Calls the listener while there are some, on a thread that must not wait.
     */
    public void onEnded(Runnable listener) {
        this.endListeners.add(listener);
    }

    /**
     * Nothing is leased any more by an instance that ended.
     */
    public void forget(int number) {
        this.pool.forget(number);
    }

    /**
     * Takes the lock over a session that has just begun: of the number that there is, as
     * what it leased is under way, else of a new one.
     */
    void enter(Connection newSession) {
        this.session = InstanceRepository.over(newSession);
        this.session.keepAlive();
        if (this.holding != null) {
            this.patientUntil = System.nanoTime() + PATIENCE.toNanos();
        }
        this.watch = new InstanceWatch();
        hold();
    }

    private void hold() {
        Holding current = this.holding;
        long asked = System.nanoTime();
        if (current != null && current.beating) {
            // From the moment on that the others may go by its lock
            current = new Holding(current.number, false, current.since);
            take(current);
        }
        if (current == null || !lockAgain(current.number)) {
            asked = System.nanoTime();
            take(new Holding(lockNew(), false, asked));
        }
        this.sureAt = asked;
    }

    /** False if it has ended for the others. */
    private boolean lockAgain(int number) {
        for (int tries = 0; tries < LOCK_TRIES; tries++) {
            if (!this.session.beat(number, this.process, false)) {
                return false;
            }
            if (this.session.lock(number)) {
                return true;
            }
            if (tries > 0) {
                this.session.endHolder(number);
            }
            pause();
        }
        throw new IllegalStateException("the lock of instance " + number + " is held by an earlier session");
    }

    private int lockNew() {
        int above = 0;
        while (true) {
            int number = add(this.session, above, false);
            if (this.session.lock(number)) {
                return number;
            }
            // Somebody else's, who is not in this table
            this.session.leave(number, this.process);
            above = number;
        }
    }

    private synchronized void take(Holding taken) {
        if (this.left) {
            throw new IllegalStateException("this instance has left");
        }
        this.holding = taken;
    }

    private int add(InstanceRepository rows, int above, boolean beating) {
        while (true) {
            Optional<Integer> number = rows.add(above, this.process, beating);
            if (number.isPresent()) {
                return number.get();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOCK_PAUSE);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /**
     * Looks at all instances over the session that holds the lock.
     * @return the server's process, by which a session is known
     */
    int look() {
        return look(this.session);
    }

    /**
     * The same over the pool, and says that this instance lives.
     */
    void beat() {
        long asked = System.nanoTime();
        Holding current = this.holding;
        if (current == null || !this.pool.beat(current.number, this.process, true)) {
            beginBeating(new Holding(add(this.pool, 0, true), true, asked));
        }
        else if (!current.beating) {
            beginBeating(new Holding(current.number, true, current.since));
        }
        this.sureAt = asked;
        look(this.pool);
    }

    private void beginBeating(Holding beating) {
        this.patientUntil = System.nanoTime() + PATIENCE.toNanos();
        take(beating);
    }

    private int look(InstanceRepository rows) {
        Holding current = Objects.requireNonNull(this.holding, "no number");
        long asked = System.nanoTime();
        List<Seen> seen = rows.look(current.number);
        long answered = System.nanoTime();
        List<InstanceRow> all = seen.stream().map(Seen::row).filter(Objects::nonNull).toList();
        if (all.stream().anyMatch((row) -> row.isOf(current.number, this.process))) {
            this.sureAt = current.beating ? this.sureAt : asked;
        }
        else if (!current.beating) {
            logger.warn("This instance was taken for ended, and goes on as another");
            hold();
        }
        boolean trusted = !seen.getFirst().fresh() && asked - this.patientUntil >= 0;
        List<InstanceRow> others = all.stream().filter((row) -> !row.isOf(current.number, this.process)).toList();
        Set<Integer> over = new HashSet<>();
        all.stream().filter(InstanceRow::ended).map(InstanceRow::number).forEach(over::add);
        for (InstanceRow row : this.watch.ended(others, trusted, asked, answered)) {
            if (end(rows, row)) {
                over.add(row.number());
            }
        }
        this.living = all.size() - over.size();
        this.ended.set(Set.copyOf(over));
        if (!over.isEmpty()) {
            this.endListeners.forEach(Runnable::run);
        }
        return seen.getFirst().session();
    }

    private static boolean end(InstanceRepository rows, InstanceRow row) {
        boolean ended = rows.end(row);
        if (ended) {
            logger.warn("Instance {} has ended without a word: what it had leased is free", row.number());
        }
        return ended;
    }

    /** From now on it can be entered, at first and after it was left. */
    synchronized void open() {
        this.left = false;
    }

    /**
     * What is still leased when this instance ends is free for the others at once.
     */
    void leave() {
        Holding current;
        synchronized (this) {
            this.left = true;
            current = this.holding;
            this.holding = null;
        }
        if (current == null) {
            return;
        }
        try {
            this.pool.leave(current.number, this.process);
        }
        catch (DataAccessException ex) {
            logger.info("The other instances find out that this one has ended: {}", ex.getMessage());
        }
    }

    /**
     * A number that is this instance's.
     *
     * @param number the number
     * @param beating whether no lock is held
     * @param since when it was taken, by {@link System#nanoTime()}
     */
    private record Holding(int number, boolean beating, long since) {

    }

}
