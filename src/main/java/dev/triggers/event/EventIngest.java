package dev.triggers.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.triggers.event.Submission.Part;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Group commit: requests wait in a bounded buffer, writers store whatever is there in one
 * transaction, and only then is each request told what became of its event. A writer
 * takes what is queued as soon as it is free, so batching adds no waiting.
 */
@Component
class EventIngest implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(EventIngest.class);

    /** Bytes in one transaction, give or take the last request's. */
    private static final int BATCH_BYTES = 2 * 1024 * 1024;

    /** Bytes of one request in one transaction. */
    private static final int PART_BYTES = 1024 * 1024;

    /**
     * Where so many requests came for the last commit, a moment's wait lets more share
     * the next one: all of them wait for less in the end. Few requests never wait.
     */
    private static final int CROWD = 8;

    private static final Duration GATHERING = Duration.ofMillis(2);

    private static final long EXPIRY_NANOS = Duration.ofMillis(50).toNanos();

    private final EventWriter writer;

    private final EventProperties properties;

    private final EventMetrics metrics;

    private final BlockingQueue<Part> queue = new LinkedBlockingQueue<>();

    private final Set<Submission> waiting = ConcurrentHashMap.newKeySet();

    private final Semaphore places;

    private final Semaphore weight;

    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean open;

    EventIngest(EventWriter writer, EventProperties properties, EventMetrics metrics) {
        this.writer = writer;
        this.properties = properties;
        this.metrics = metrics;
        this.places = new Semaphore(properties.bufferEvents());
        this.weight = new Semaphore((int) properties.bufferSize().toKilobytes(), true);
        metrics.watchBuffer(this.queue::size);
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
        admit(submission);
        this.waiting.add(submission);
        try {
            this.queue.addAll(submission.parts(this.properties.batchEvents(), PART_BYTES));
            IngestResult[] results = submission.await();
            this.metrics.ingested(results, System.nanoTime() - started);
            return results;
        }
        finally {
            this.waiting.remove(submission);
        }
    }

    private void admit(Submission submission) {
        if (!this.places.tryAcquire(places(submission))) {
            throw full();
        }
        if (!this.weight.tryAcquire(weight(submission))) {
            this.places.release(places(submission));
            throw full();
        }
    }

    /** What it takes of the buffer; the largest request may take all of it. */
    private int places(Submission submission) {
        return Math.min(submission.size(), this.properties.bufferEvents());
    }

    private int weight(Submission submission) {
        return (int) Math.min(this.properties.bufferSize().toKilobytes(), submission.weight());
    }

    /**
     * Whether nothing waits, and every place is free again.
     */
    boolean idle() {
        return this.queue.isEmpty() && this.places.availablePermits() == this.properties.bufferEvents()
                && this.weight.availablePermits() == this.properties.bufferSize().toKilobytes();
    }

    private ProblemException full() {
        this.metrics.bufferFull();
        return ProblemException.unavailable("More events are waiting to be stored than fit the buffer",
                Duration.ofSeconds(1));
    }

    private void write() {
        List<Part> batch = new ArrayList<>();
        int requests = 0;
        while (this.open || !this.queue.isEmpty()) {
            try {
                Part first = this.queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    if (requests >= CROWD) {
                        Thread.sleep(GATHERING);
                    }
                    fill(batch, first);
                    requests = batch.size();
                    store(batch);
                }
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException | Error ex) { // a writer that ends is never replaced
                logger.error("The events of {} requests were not stored", batch.size(), ex);
            }
            finally {
                batch.clear();
            }
        }
    }

    private void fill(List<Part> batch, Part first) {
        batch.add(first);
        int events = first.size();
        long bytes = first.bytes();
        while (events < this.properties.batchEvents() && bytes < BATCH_BYTES) {
            Part next = this.queue.poll();
            if (next == null) {
                return;
            }
            batch.add(next);
            events += next.size();
            bytes += next.bytes();
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
                    this.places.release(places(part.submission()));
                    this.weight.release(weight(part.submission()));
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
        for (int i = 0; i < this.properties.writers(); i++) {
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
