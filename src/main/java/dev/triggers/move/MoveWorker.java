package dev.triggers.move;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.cell.Cells;
import dev.triggers.database.Notifications;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Goes on with moves, one at a time, and beside it with one whose organization waits.
 * Every instance does; each move is one's. Where there are no other cells, none does.
 */
@Component
class MoveWorker implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(MoveWorker.class);

    private static final Duration PULSE = Duration.ofSeconds(3);

    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofMillis(500);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private static final long UPKEEP_NANOS = Duration.ofMinutes(10).toNanos();

    private final MoveRepository moves;

    private final DepartureRepository departures;

    private final Mover mover;

    private final boolean alone;

    private final List<Thread> threads = new ArrayList<>();

    private final List<Semaphore> calls = List.of(new Semaphore(0), new Semaphore(0));

    private volatile boolean running;

    private long clearedAt = System.nanoTime();

    MoveWorker(MoveRepository moves, DepartureRepository departures, Mover mover, Cells cells,
            Notifications notifications) {
        this.moves = moves;
        this.departures = departures;
        this.mover = mover;
        this.alone = cells.others().isEmpty();
        notifications.on(Moves.TOPIC, (id) -> this.calls.forEach(Semaphore::release));
    }

    private void run(boolean urgent, Semaphore call) {
        UUID worker = UUID.randomUUID();
        while (this.running) {
            try {
                boolean moved = step(worker, urgent);
                if (call.tryAcquire((moved ? SOON : IDLE).toMillis(), TimeUnit.MILLISECONDS)) {
                    call.drainPermits();
                }
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                // Whoever ends here is never replaced
                logger.error("Moves go on later", ex);
            }
        }
    }

    private boolean step(UUID worker, boolean urgent) throws InterruptedException {
        try {
            Departure move = this.moves.take(worker, urgent).orElse(null);
            if (move != null) {
                proceed(move, worker);
                return true;
            }
            if (!urgent) {
                clear();
            }
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Moves go on later: {}", ex.getMessage());
        }
        return false;
    }

    private void proceed(Departure move, UUID worker) throws InterruptedException {
        Thread pulse = Thread.ofVirtual().name("move-pulse").start(() -> beat(move.id(), worker));
        try {
            this.mover.proceed(move, worker);
        }
        catch (MoveTakenException ex) {
            logger.debug("Move {} is another process's, or was changed", move.id());
        }
        catch (ProblemException | DataAccessException | TransactionException ex) {
            String problem = (ex instanceof ProblemException known) ? known.message() : "The database does not answer";
            logger.warn("The move of organization {} to cell {} goes on later: {}", move.organizationId(),
                    move.target(), ex.getMessage());
            this.moves.leave(move.id(), worker, AFTER_TROUBLE, problem);
        }
        finally {
            pulse.interrupt();
        }
    }

    /** A page of a large history takes its time. */
    private void beat(UUID move, UUID worker) {
        try {
            do {
                Thread.sleep(PULSE);
            }
            while (beatOnce(move, worker));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean beatOnce(UUID move, UUID worker) {
        try {
            return this.moves.beat(move, worker);
        }
        catch (DataAccessException ex) {
            return true;
        }
    }

    private void clear() {
        if (System.nanoTime() - this.clearedAt > UPKEEP_NANOS) {
            this.clearedAt = System.nanoTime();
            this.departures.clear();
        }
    }

    @Override
    public void start() {
        if (!this.alone) {
            this.running = true;
            for (int i = 0; i < this.calls.size(); i++) {
                boolean urgent = i == 0;
                Semaphore call = this.calls.get(i);
                this.threads.add(Thread.ofVirtual().name("moves-" + i).start(() -> run(urgent, call)));
            }
        }
    }

    /** A move under way is gone on with by another instance. */
    @Override
    public void stop() {
        this.running = false;
        this.threads.forEach(Thread::interrupt);
        this.threads.clear();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

}
