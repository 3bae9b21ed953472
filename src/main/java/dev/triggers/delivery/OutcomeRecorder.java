package dev.triggers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.triggers.database.SqlState;
import dev.triggers.webhook.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Records the outcomes of attempts in batches. It waits a little for more of them, since
 * nobody waits for it, but on ordered endpoints the next delivery does.
 */
@Component
class OutcomeRecorder implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(OutcomeRecorder.class);

    private static final int BATCH = 200;

    /** Outcomes that may wait; behind them attempts wait, and no new ones begin. */
    private static final int WAITING = 2_000;

    private static final Duration LINGER = Duration.ofMillis(25);

    /**
     * What attempts under way are given, from when none begins any more: clients that
     * hang may take most of it, and the process has to end.
     */
    private static final Duration GRACE = Duration.ofSeconds(12);

    /** What is left to record in any case. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final BlockingQueue<Ended> queue = new ArrayBlockingQueue<>(WAITING);

    private final OutcomeRepository outcomes;

    private final OutcomeEffects effects;

    private final DeliverySlots slots;

    private volatile boolean running;

    private volatile boolean behind;

    private volatile long endsAt;

    private volatile Thread thread = Thread.ofPlatform().name("outcome-recorder").unstarted(this::run);

    OutcomeRecorder(OutcomeRepository outcomes, OutcomeEffects effects, DeliverySlots slots) {
        this.outcomes = outcomes;
        this.effects = effects;
        this.slots = slots;
    }

    void add(AttemptOutcome outcome, Endpoint endpoint) {
        Ended ended = new Ended(outcome, endpoint);
        try {
            this.queue.put(ended);
            if (ended.urgent() || this.queue.size() >= BATCH) {
                LockSupport.unpark(this.thread);
            }
        }
        catch (InterruptedException ex) {
            // The lease decides
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether outcomes wait that could not be recorded. Their leases may run out
     * meanwhile: whoever claims then sends again what has been sent.
     */
    boolean behind() {
        return this.behind;
    }

    /**
     * No attempt begins any more.
     */
    void closing() {
        this.endsAt = System.nanoTime() + GRACE.toNanos();
    }

    private void run() {
        List<Ended> batch = new ArrayList<>(BATCH);
        while (this.running || !this.queue.isEmpty() || this.slots.busy() > 0) {
            try {
                Ended first = this.queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    gather(batch);
                    record(batch, 0);
                    batch.clear();
                    this.behind &= !this.queue.isEmpty();
                }
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                // Without this thread nothing is ever delivered again; what it holds now
                // comes back with its leases.
                logger.error("{} outcomes were lost", batch.size(), ex);
                batch.clear();
                this.behind &= !this.queue.isEmpty();
            }
        }
    }

    /** Waits by the clock: by waiting for the next outcome it would be woken by each. */
    private void gather(List<Ended> batch) {
        long until = System.nanoTime() + LINGER.toNanos();
        while (true) {
            this.queue.drainTo(batch, BATCH - batch.size());
            long left = until - System.nanoTime();
            if (left <= 0 || batch.size() == BATCH || batch.stream().anyMatch(Ended::urgent)) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** An outcome that can't be stored must not take its neighbours with it. */
    private void record(List<Ended> batch, int failures) throws InterruptedException {
        List<AttemptOutcome> outcomes = batch.stream().map(Ended::outcome).toList();
        try {
            this.effects.recorded(batch, this.outcomes.record(outcomes));
        }
        catch (DataAccessException ex) {
            if (SqlState.of(ex).blamesData() && batch.size() > 1) {
                record(batch.subList(0, batch.size() / 2), 0);
                record(batch.subList(batch.size() / 2, batch.size()), 0);
            }
            else if (SqlState.of(ex).blamesData()) {
                logger.error("The outcome of an attempt for event {} can't be stored",
                        outcomes.getFirst().delivery().eventId(), ex);
            }
            else {
                again(batch, failures + 1, ex);
            }
        }
    }

    /** Leases outlast a restart of the database, and with them the outcomes. */
    private void again(List<Ended> batch, int failures, DataAccessException ex) throws InterruptedException {
        logger.warn("{} outcomes were not recorded, trying again: {}", batch.size(), ex.getMessage());
        this.behind = true;
        Thread.sleep(Math.min(1_000, 50L << Math.min(failures, 5)));
        if (failures < 60) {
            record(batch, failures);
        }
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("outcome-recorder").start(this::run);
    }

    /**
     * Waits for the attempts under way, and records how they ended.
     */
    @Override
    public void stop() {
        this.running = false;
        try {
            long left = this.endsAt - System.nanoTime();
            this.thread.join(Duration.ofNanos(Math.max(LEAST.toNanos(), left)));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    /** Stopped after ingest, whose last events may still be handed over. */
    @Override
    public int getPhase() {
        return 500;
    }

    /**
     * An attempt that has ended.
     *
     * @param outcome how
     * @param endpoint its endpoint as it was then
     */
    record Ended(AttemptOutcome outcome, Endpoint endpoint) {

        boolean urgent() {
            return this.endpoint.ordered();
        }

    }

}
