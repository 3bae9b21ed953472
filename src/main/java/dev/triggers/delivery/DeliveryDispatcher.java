package dev.triggers.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import dev.triggers.database.Instances;
import dev.triggers.sending.AttemptResult;
import dev.triggers.sending.WebhookSender;
import dev.triggers.trace.AttemptSpan;
import dev.triggers.trace.AttemptTarget;
import dev.triggers.trace.Lineage;
import dev.triggers.trace.SentTrace;
import dev.triggers.trace.TracedLog;
import dev.triggers.trace.Tracing;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Gives each leased delivery a virtual thread that attempts it, as far as there is room;
 * what finds none waits for its turn, and what may not even wait goes back. Receivers may
 * see an event more than once: a crash after the answer but before the outcome is
 * recorded repeats it.
 */
@Component
class DeliveryDispatcher {

    private static final Logger logger = LoggerFactory.getLogger(DeliveryDispatcher.class);

    /** What a send must leave of the lease beyond its timeout. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration NO_ROOM = Duration.ofMillis(100);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    /**
     * Attempts that may ask the database at once: many to endpoints that this instance
     * does not know yet must not take all its connections.
     */
    private static final int LOOKUPS = 4;

    private final DeliveryRepository deliveries;

    private final EndpointDirectory directory;

    private final WebhookSender sender;

    private final DeliveryPolicy policy;

    private final OutcomeRecorder recorder;

    private final DeliverySlots slots;

    private final DeliveryQueue queue;

    private final EndpointStates states;

    private final CutAttempts cut;

    private final Instances instances;

    private final DeliveryProperties properties;

    private final WorkSignal signal;

    private final @Nullable Tracing tracing;

    private final ExecutorService threads = Executors
        .newThreadPerTaskExecutor(Thread.ofVirtual().name("attempt-", 0).factory());

    private final Semaphore lookups = new Semaphore(LOOKUPS);

    private volatile boolean closed;

    DeliveryDispatcher(DeliveryRepository deliveries, EndpointDirectory directory, WebhookSender sender,
            DeliveryPolicy policy, OutcomeRecorder recorder, DeliverySlots slots, DeliveryQueue queue,
            EndpointStates states, CutAttempts cut, Instances instances, DeliveryProperties properties,
            WorkSignal signal, @Nullable Tracing tracing) {
        this.deliveries = deliveries;
        this.directory = directory;
        this.sender = sender;
        this.policy = policy;
        this.recorder = recorder;
        this.slots = slots;
        this.queue = queue;
        this.states = states;
        this.cut = cut;
        this.instances = instances;
        this.properties = properties;
        this.signal = signal;
        this.tracing = tracing;
    }

    void dispatch(List<Delivery> leased) {
        List<Delivery> unsent = new ArrayList<>(0);
        for (Delivery delivery : leased) {
            if (!this.closed && this.slots.tryAcquire(delivery)) {
                this.threads.execute(() -> run(delivery));
            }
            else if (!this.queue.offer(delivery)) {
                unsent.add(delivery);
            }
        }
        release(unsent, this.closed ? Duration.ZERO : NO_ROOM);
    }

    /**
     * Gives back what has waited for too long, so that it is claimed when there is room.
     */
    void releaseStale() {
        giveBack(this.queue.removeStale());
    }

    /**
     * Takes deliveries, at first and when it was closed.
     */
    void open() {
        this.queue.open();
        this.closed = false;
    }

    /**
     * Begins no attempt any more, and gives back what waits for one.
     */
    void close() {
        this.closed = true;
        release(this.queue.close(), Duration.ZERO);
    }

    private void run(Delivery first) {
        for (Delivery delivery = first; delivery != null; delivery = next(delivery.endpointId())) {
            runOne(delivery);
        }
    }

    private @Nullable Delivery next(UUID endpointId) {
        if (this.states.isQuiet(endpointId)) {
            giveBack(this.queue.removeAll(endpointId));
            return null;
        }
        return this.queue.poll(endpointId, this.slots);
    }

    /** Fresh deliveries then go behind these. */
    private void giveBack(List<Delivery> waiting) {
        this.states.backlog(waiting.stream().map(Delivery::endpointId).toList());
        release(waiting, Duration.ZERO);
    }

    private void runOne(Delivery delivery) {
        Lineage lineage = delivery.lineage();
        if (lineage != null) {
            TracedLog.begin(lineage.creation());
        }
        this.cut.begun(delivery);
        try {
            attempt(delivery);
        }
        catch (RuntimeException ex) {
            // The lease runs out and the delivery is attempted again, by whoever claims
            // it.
            logger.warn("Delivery of event {} to endpoint {} was given up for now: {}", delivery.eventId(),
                    delivery.endpointId(), ex.toString());
        }
        finally {
            this.cut.ended(delivery);
            this.slots.release(delivery);
            if (lineage != null) {
                TracedLog.end();
            }
        }
    }

    private void attempt(Delivery delivery) {
        Endpoint endpoint;
        String payload;
        this.lookups.acquireUninterruptibly();
        try {
            endpoint = this.directory.find(delivery.endpointId());
            if (this.closed || endpoint == null || !endpoint.sends()) {
                release(List.of(delivery), Duration.ZERO);
                if (endpoint == null) {
                    // deleted: what was leased can be cancelled
                    this.signal.endpointsChanged();
                }
                return;
            }
            payload = (delivery.payload() != null) ? delivery.payload() : this.deliveries.payload(delivery);
        }
        catch (DataAccessException ex) {
            logger.warn("Event {} was not sent to endpoint {} yet: {}", delivery.eventId(), delivery.endpointId(),
                    ex.getMessage());
            release(List.of(delivery), AFTER_TROUBLE);
            return;
        }
        finally {
            this.lookups.release();
        }
        if (payload == null || !leaseSuffices(delivery)) {
            return;
        }
        if (!this.instances.holdsSince(delivery.claimedAt())) {
            // Taken for ended, it is somebody else's
            release(List.of(delivery), Duration.ZERO);
            return;
        }
        if (delivery.lineage() == null) {
            this.recorder.add(send(delivery, endpoint, payload, null), endpoint);
        }
        else {
            sendTraced(delivery, delivery.lineage(), endpoint, payload);
        }
    }

    private AttemptOutcome send(Delivery delivery, Endpoint endpoint, String payload, @Nullable AttemptSpan span) {
        Instant startedAt = this.sender.now();
        long started = System.nanoTime();
        AttemptResult result = this.sender.send(endpoint, delivery.eventId(), delivery.type(), payload, startedAt,
                span);
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        return new AttemptOutcome(delivery, result, this.policy.decide(delivery, endpoint, result),
                startedAt.atOffset(ZoneOffset.UTC), duration, endpoint.revision(), SentTrace.of(span));
    }

    private void sendTraced(Delivery delivery, Lineage lineage, Endpoint endpoint, String payload) {
        AttemptSpan span = (this.tracing != null)
                ? this.tracing.attempt(lineage, new AttemptTarget(delivery.eventId(), delivery.type(), endpoint.id(),
                        endpoint.url().uri(), delivery.attempts() + 1, delivery.size()))
                : AttemptSpan.unrecorded(lineage);
        String ended = null;
        TracedLog.begin(span.sent());
        try {
            AttemptOutcome outcome = send(delivery, endpoint, payload, span);
            ended = outcome.verdict().name();
            this.recorder.add(outcome, endpoint);
        }
        finally {
            span.end(ended);
        }
    }

    /** A process that was frozen must not send what somebody else may have claimed. */
    private boolean leaseSuffices(Delivery delivery) {
        Duration used = Duration.ofNanos(System.nanoTime() - delivery.claimedAt());
        return this.properties.lease().minus(used).compareTo(this.sender.timeout().plus(MARGIN)) > 0;
    }

    private void release(List<Delivery> unsent, Duration delay) {
        if (unsent.isEmpty()) {
            return;
        }
        try {
            this.deliveries.release(unsent, delay);
        }
        catch (DataAccessException ex) {
            logger.warn("{} claimed deliveries wait for the end of their leases: {}", unsent.size(), ex.getMessage());
        }
    }

}
