package dev.triggers.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import dev.triggers.event.Submission.Part;
import dev.triggers.settings.MemoryProperties;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Group commit: requests wait in a bounded buffer, writers store whatever is there in one
 * transaction, and only then is each request told what became of its event. A writer
 * takes what is queued as soon as it is free, or a moment later where there is a crowd.
 */
@Component
class EventIngest implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(EventIngest.class);

    /**
     * Where so many requests came for the last commit, a moment's wait lets more share
     * the next one: all of them wait for less in the end. Few requests never wait.
     */
    private static final int CROWD = 8;

    private static final Duration GATHERING = Duration.ofMillis(2);

    private static final long EXPIRY_NANOS = Duration.ofMillis(50).toNanos();

    private final EventWriter writer;

    private final EventMetrics metrics;

    private final IngestBuffer buffer;

    private final int writers;

    private final Set<Submission> waiting = ConcurrentHashMap.newKeySet();

    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean open;

    EventIngest(EventWriter writer, EventProperties properties, MemoryProperties memory, EventMetrics metrics) {
        this.writer = writer;
        this.metrics = metrics;
        this.buffer = new IngestBuffer(properties, memory);
        this.writers = properties.writers();
        metrics.watch(this.buffer);
    }

    /**
     * Stores the event; returns after the commit, or when the time is over.
     */
    IngestResult ingest(NewEvent event, long deadlineNanos) {
        return ingest(List.of(event), deadlineNanos)[0];
    }

    /**
     * Stores each of the events, as far as it is none of the organization's duplicates;
     * returns after the commits, or when the time is over. Nothing is stored of a batch
     * that finds the buffer full.
     * @throws ProblemException 503, if the buffer is full
     */
    IngestResult[] ingest(List<NewEvent> events, long deadlineNanos) {
        long started = System.nanoTime();
        if (!this.open) {
            throw ProblemException.unavailable("The service is shutting down", Duration.ofSeconds(1));
        }
        Submission submission = new Submission(events, started + deadlineNanos);
        this.waiting.add(submission);
        try {
            if (!this.buffer.offer(submission)) {
                throw full();
            }
            IngestResult[] results = submission.await();
            this.metrics.ingested(results, System.nanoTime() - started);
            return results;
        }
        finally {
            this.waiting.remove(submission);
        }
    }

    /**
     * Whether nothing waits, and every place is free again.
     */
    boolean idle() {
        return this.buffer.isIdle();
    }

    private ProblemException full() {
        this.metrics.bufferFull();
        return ProblemException.unavailable("More events are waiting to be stored than fit the buffer",
                Duration.ofSeconds(1));
    }

    private void write() {
        int requests = 0;
        while (this.open || !this.buffer.isEmpty()) {
            try {
                Part first = this.buffer.poll();
                if (first != null) {
                    if (requests >= CROWD) {
                        Thread.sleep(GATHERING);
                    }
                    List<Part> batch = this.buffer.batch(first);
                    requests = batch.size();
                    store(batch);
                }
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException | Error ex) {
                // A writer that ends is never replaced
                logger.error("The events of {} requests were not stored", requests, ex);
            }
        }
    }

    private void store(List<Part> batch) {
        // Nobody waits any longer for what was abandoned: its client was told that it is
        // not stored.
        List<NewEvent> events = new ArrayList<>();
        batch.stream().filter((part) -> !part.isAbandoned()).forEach((part) -> events.addAll(part.events()));
        Map<UUID, IngestResult> results = Map.of();
        try {
            results = this.writer.write(events);
        }
        finally {
            for (Part part : batch) {
                if (part.complete(results)) {
                    this.buffer.release(part.submission());
                }
            }
        }
    }

    /** Lets requests go that have waited for too long, whatever the writers hang in. */
    private void expire() {
        while (this.open || !this.waiting.isEmpty()) {
            long now = System.nanoTime();
            this.waiting.forEach((submission) -> submission.expire(now));
            LockSupport.parkNanos(EXPIRY_NANOS);
        }
    }

    @Override
    public void start() {
        this.open = true;
        for (int i = 0; i < this.writers; i++) {
            this.threads.add(Thread.ofPlatform().name("event-writer-" + i).start(this::write));
        }
        Thread.ofVirtual().name("event-expiry").start(this::expire);
    }

    /**
     * Lets no more in, and returns when all that was let in is stored.
     */
    @Override
    public void stop() {
        this.open = false;
        try {
            for (Thread thread : this.threads) {
                thread.join(Duration.ofSeconds(10));
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        this.threads.clear();
    }

    @Override
    public boolean isRunning() {
        return this.open;
    }

    /** Stopped after the web server, which answers what has begun. */
    @Override
    public int getPhase() {
        return 1000;
    }

}
