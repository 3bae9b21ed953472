package dev.triggers.repair;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.delivery.WorkSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes replays on, all that are under way in turn. Every instance does; whichever locks
 * a replay takes its step.
 */
@Component
class Replays implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(Replays.class);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration REST = Duration.ofSeconds(1);

    private final ReplayRepository repository;

    private final ReplayStep step;

    private final WorkSignal work;

    private final ReplayMetrics metrics;

    private final Semaphore calls = new Semaphore(0);

    /** How far the next step of each reaches. */
    private final Map<UUID, ReplayStep.Reach> reaches = new HashMap<>();

    private @Nullable Thread thread;

    private volatile boolean running;

    Replays(ReplayRepository repository, ReplayStep step, WorkSignal work, ReplayMetrics metrics) {
        this.repository = repository;
        this.step = step;
        this.work = work;
        this.metrics = metrics;
    }

    /**
     * Calls for an early look.
     */
    void wake() {
        this.calls.release();
    }

    private void run() {
        while (this.running) {
            try {
                rest(takeSteps());
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                logger.warn("Replays wait: {}", ex.toString());
                this.calls.drainPermits();
                restAfterFailure();
            }
        }
    }

    /** Takes the steps that are due, and says how long the next one is off. */
    private Duration takeSteps() {
        Map<UUID, Integer> underWay = this.repository.underWay();
        this.reaches.keySet().retainAll(underWay.keySet());
        this.metrics.underWay(underWay.size());
        boolean opened = false;
        Duration next = REST;
        for (Map.Entry<UUID, Integer> replay : underWay.entrySet()) {
            if (replay.getValue() == 0 && this.running) {
                opened |= takeStep(replay.getKey());
            }
            next = shorter(next, Duration.ofMillis(replay.getValue()));
        }
        if (opened) {
            this.work.orderedChanged();
        }
        return (next.compareTo(PAUSE) < 0) ? PAUSE : next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return (one.compareTo(other) < 0) ? one : other;
    }

    private boolean takeStep(UUID id) {
        long began = System.nanoTime();
        ReplayStep.Result result = this.step.take(id, this.reaches.getOrDefault(id, ReplayStep.Reach.FIRST));
        if (result == null) {
            return false;
        }
        this.reaches.put(id, result.next());
        this.metrics.stepped(result.opened(), result.skipped(), Duration.ofNanos(System.nanoTime() - began));
        return result.opened() > 0;
    }

    private void rest(Duration duration) throws InterruptedException {
        if (this.calls.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            this.calls.drainPermits();
        }
    }

    private void restAfterFailure() {
        try {
            rest(REST);
        }
        catch (InterruptedException ex) {
            this.running = false;
        }
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofVirtual().name("replays").start(this::run);
    }

    /** A step under way ends first. */
    @Override
    public void stop() {
        this.running = false;
        wake();
        try {
            if (this.thread != null) {
                this.thread.join(REST);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

}
