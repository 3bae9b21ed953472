package dev.triggers.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
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

    private static final int WEIGHT_UNIT = 1024;

    private final EventWriter writer;

    private final EventProperties properties;

    private final EventMetrics metrics;

    private final BlockingQueue<Part> queue = new LinkedBlockingQueue<>();

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
        Submission submission = new Submission(events);
        admit(submission);
        submission.parts().forEach(this.queue::add);
        IngestResult[] results = submission.await(deadlineNanos);
        this.metrics.ingested(results, System.nanoTime() - started);
        return results;
    }

    private void admit(Submission submission) {
        if (!this.places.tryAcquire(submission.places)) {
            throw full();
        }
        if (!this.weight.tryAcquire(submission.weight)) {
            this.places.release(submission.places);
            throw full();
        }
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
        batch.stream().filter((part) -> !part.submission.abandoned).forEach((part) -> events.addAll(part.events()));
        Map<UUID, IngestResult> results = Map.of();
        try {
            results = this.writer.write(events);
        }
        finally {
            for (Part part : batch) {
                part.complete(results);
            }
        }
    }

    @Override
    public void start() {
        this.open = true;
        for (int i = 0; i < this.properties.writers(); i++) {
            this.threads.add(Thread.ofPlatform().name("event-writer-" + i).start(this::write));
        }
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

    /** Some events of one request that are stored together. */
    private record Part(Submission submission, int from, int to, long bytes) {

        int size() {
            return this.to - this.from;
        }

        List<NewEvent> events() {
            return this.submission.events.subList(this.from, this.to);
        }

        void complete(Map<UUID, IngestResult> results) {
            for (int i = this.from; i < this.to; i++) {
                UUID id = this.submission.events.get(i).id();
                this.submission.results[i] = results.getOrDefault(id, IngestResult.Unavailable.INSTANCE);
            }
            this.submission.completed(size());
        }

    }

    /** The events of one request, and what became of them so far. */
    private final class Submission {

        private final List<NewEvent> events;

        private final @Nullable IngestResult[] results;

        private final AtomicInteger remaining;

        private final CountDownLatch done = new CountDownLatch(1);

        /** What it takes of the buffer; the largest request may take all of it. */
        private final int places;

        private final int weight;

        private volatile boolean abandoned;

        Submission(List<NewEvent> events) {
            this.events = events;
            this.results = new IngestResult[events.size()];
            this.remaining = new AtomicInteger(events.size());
            this.places = Math.min(events.size(), EventIngest.this.properties.bufferEvents());
            long bytes = 0;
            for (NewEvent event : events) {
                bytes += event.weight();
            }
            this.weight = (int) Math.min(EventIngest.this.properties.bufferSize().toKilobytes(),
                    bytes / WEIGHT_UNIT + 1);
        }

        /**
         * A large batch is cut, so that it does not have to be in memory thrice at once.
         */
        List<Part> parts() {
            List<Part> parts = new ArrayList<>(1);
            int from = 0;
            long bytes = 0;
            for (int i = 0; i < this.events.size(); i++) {
                bytes += this.events.get(i).weight();
                boolean full = i + 1 - from == EventIngest.this.properties.batchEvents() || bytes >= PART_BYTES;
                if (full || i + 1 == this.events.size()) {
                    parts.add(new Part(this, from, i + 1, bytes));
                    from = i + 1;
                    bytes = 0;
                }
            }
            return parts;
        }

        void completed(int count) {
            if (this.remaining.addAndGet(-count) == 0) {
                EventIngest.this.places.release(this.places);
                EventIngest.this.weight.release(this.weight);
                this.done.countDown();
            }
        }

        IngestResult[] await(long nanos) {
            try {
                this.abandoned = !this.done.await(nanos, TimeUnit.NANOSECONDS);
            }
            catch (InterruptedException ex) {
                this.abandoned = true;
                Thread.currentThread().interrupt();
            }
            IngestResult[] known = new IngestResult[this.results.length];
            for (int i = 0; i < known.length; i++) {
                IngestResult result = this.results[i];
                known[i] = (result != null) ? result : IngestResult.Unavailable.INSTANCE;
            }
            return known;
        }

    }

}
