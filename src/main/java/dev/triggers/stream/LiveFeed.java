package dev.triggers.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.triggers.database.Audience;
import dev.triggers.database.Notifications;
import dev.triggers.delivery.FinishedAttempts;
import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;
import dev.triggers.inbox.Acknowledgements;
import dev.triggers.stream.LiveRepository.Happening;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds streams with what happens beside the log: attempts, acknowledgements, endpoints.
 * It hears of that by ids, from this instance and, where somebody listens here, from the
 * others in batches, and reads what it was. These kinds are live: what nobody heard is
 * not told later.
 */
@Component
class LiveFeed implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(LiveFeed.class);

    private static final String TOPIC = "live";

    private static final int MOST_WAITING = 10_000;

    private static final int AT_ONCE = 500;

    private static final int TRIES = 3;

    /** What happens meanwhile is read together, and sent together. */
    private static final long GAP_MILLIS = 20;

    private final Streams streams;

    private final LiveRepository repository;

    private final Notifications notifications;

    private final FinishedAttempts attempts;

    private final Acknowledgements acknowledgements;

    private final StreamMemory memory;

    private final StreamMetrics metrics;

    private final JsonMapper json;

    private final Audience audience;

    private final String self = UUID.randomUUID().toString();

    private final AtomicInteger listeners = new AtomicInteger();

    private final Bounded here = new Bounded();

    private final Bounded elsewhere = new Bounded();

    private final Set<UUID> endpoints = ConcurrentHashMap.newKeySet();

    private final Semaphore calls = new Semaphore(0);

    private volatile @Nullable Thread thread;

    LiveFeed(Streams streams, LiveRepository repository, Notifications notifications, FinishedAttempts attempts,
            Acknowledgements acknowledgements, StreamMemory memory, StreamMetrics metrics, JsonMapper json) {
        this.streams = streams;
        this.repository = repository;
        this.notifications = notifications;
        this.attempts = attempts;
        this.acknowledgements = acknowledgements;
        this.memory = memory;
        this.metrics = metrics;
        this.json = json;
        this.audience = new Audience(notifications, "live-listeners", (organizationId) -> attend());
        notifications.on(TOPIC, this::hear);
        notifications.on("endpoint", this::changed);
        notifications.on("circuit", this::changed);
    }

    /**
     * The stream listens from now on, if it shows anything of this.
     */
    void join(OpenStream stream) {
        if (isLive(stream)) {
            this.listeners.incrementAndGet();
            attend();
            this.audience.join(stream.caller().organizationId());
        }
    }

    void leave(OpenStream stream) {
        if (isLive(stream)) {
            this.audience.leave(stream.caller().organizationId());
            this.listeners.decrementAndGet();
        }
    }

    private static boolean isLive(OpenStream stream) {
        return stream.filter().kinds().stream().anyMatch((kind) -> kind != StreamKind.EVENT_ACCEPTED);
    }

    /**
     * To be called every second or so.
     */
    void refresh() {
        this.audience.refresh();
        attend();
    }

    /** Where nobody listens, neither here nor elsewhere, nobody is told of anything. */
    private void attend() {
        boolean anybody = this.listeners.get() > 0 || this.audience.isAnywhereElse();
        this.attempts.listen(anybody ? this::attempted : null);
        this.acknowledgements.listen(anybody ? this::acknowledged : null);
    }

    private void attempted(List<FinishedAttempt> finished) {
        finished.forEach((attempt) -> take(
                Notice.attempted(attempt.organizationId(), attempt.eventId(), attempt.endpointId(), attempt.number())));
    }

    private void acknowledged(UUID organizationId, Collection<UUID> eventIds) {
        eventIds.forEach((eventId) -> take(Notice.acknowledged(organizationId, eventId)));
    }

    private void take(Notice notice) {
        hear(notice);
        if (this.audience.isElsewhere(notice.organizationId()) && this.elsewhere.add(notice)) {
            call();
        }
    }

    private void hear(Notice notice) {
        if (isWanted(notice) && this.here.add(notice)) {
            call();
        }
    }

    private boolean isWanted(Notice notice) {
        for (OpenStream stream : this.streams.of(notice.organizationId())) {
            Set<StreamKind> kinds = stream.filter().kinds();
            if (kinds.contains(notice.kind())
                    || (notice.kind() == StreamKind.ATTEMPT_FINISHED && kinds.contains(StreamKind.DELIVERY_DEAD))) {
                return true;
            }
        }
        return false;
    }

    private void hear(String message) {
        int space = message.indexOf(' ');
        if (this.listeners.get() > 0 && space > 0 && !message.substring(0, space).equals(this.self)) {
            Notice.read(message.substring(space + 1)).forEach(this::hear);
        }
    }

    /** Both messages begin with the id of the endpoint. */
    private void changed(String message) {
        if (this.listeners.get() > 0) {
            this.endpoints.add(UUID.fromString(message.split(" ", 2)[0]));
            call();
        }
    }

    private void call() {
        if (this.calls.availablePermits() == 0) {
            this.calls.release();
        }
    }

    private void run() {
        while (isRunning()) {
            try {
                this.calls.acquire();
                this.calls.drainPermits();
                Thread.sleep(GAP_MILLIS);
                send();
                tell();
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                logger.error("Streams were not told of what happened", ex);
            }
        }
    }

    private void send() {
        List<Notice> notices = this.elsewhere.take(AT_ONCE);
        for (int from = 0; from < notices.size(); from += Notice.MOST_AT_ONCE) {
            List<Notice> some = notices.subList(from, Math.min(notices.size(), from + Notice.MOST_AT_ONCE));
            attempt(some.size(), () -> this.notifications.send(TOPIC, this.self + " " + Notice.write(some)));
        }
    }

    private void tell() {
        List<Notice> notices = this.here.take(AT_ONCE);
        List<Notice> attempted = notices.stream().filter((n) -> n.kind() == StreamKind.ATTEMPT_FINISHED).toList();
        List<Notice> acknowledged = notices.stream().filter((n) -> n.kind() == StreamKind.EVENT_ACKNOWLEDGED).toList();
        Set<UUID> changed = new HashSet<>(this.endpoints);
        this.endpoints.removeAll(changed);
        if (!attempted.isEmpty()) {
            attempt(attempted.size(), () -> this.repository.attempts(attempted).forEach(this::attempt));
        }
        if (!acknowledged.isEmpty()) {
            attempt(acknowledged.size(),
                    () -> this.repository.acknowledgements(acknowledged).forEach(this::acknowledgement));
        }
        if (!changed.isEmpty()) {
            attempt(changed.size(), () -> this.repository.endpoints(changed).forEach(this::endpoint));
        }
        if (!this.here.isEmpty() || !this.elsewhere.isEmpty()) {
            call();
        }
    }

    /** A connection that broke in between is no reason to keep silent. */
    private void attempt(int notices, Runnable statement) {
        for (int tries = 1; true; tries++) {
            try {
                statement.run();
                return;
            }
            catch (DataAccessException | TransactionException ex) {
                if (tries == TRIES) {
                    logger.warn("Streams do not hear of {} things that happened: {}", notices, ex.getMessage());
                    this.metrics.dropped(notices);
                    return;
                }
            }
        }
    }

    private void attempt(Happening<StreamedAttempt> happening) {
        StreamedAttempt attempt = happening.data();
        publish(happening, StreamKind.ATTEMPT_FINISHED, attempt.eventType(), attempt.endpointId(), attempt);
        if (attempt.isLast()) {
            publish(happening, StreamKind.DELIVERY_DEAD, attempt.eventType(), attempt.endpointId(),
                    StreamedDeadDelivery.of(attempt));
        }
    }

    private void acknowledgement(Happening<StreamedAcknowledgement> happening) {
        publish(happening, StreamKind.EVENT_ACKNOWLEDGED, happening.data().type(), null, happening.data());
    }

    private void endpoint(Happening<StreamedEndpoint> happening) {
        publish(happening, StreamKind.ENDPOINT_CHANGED, null, happening.data().id(), happening.data());
    }

    private void publish(Happening<?> happening, StreamKind kind, @Nullable String type, @Nullable UUID endpointId,
            Object data) {
        Predicate<OpenStream> showing = (stream) -> stream.filter().shows(kind, type, endpointId);
        List<OpenStream> all = this.streams.of(happening.organizationId()).stream().filter(showing).toList();
        if (all.isEmpty()) {
            return;
        }
        Message message = new Message(kind, type, endpointId, null, this.json.writeValueAsBytes(data), null,
                this.memory);
        for (int tries = 1; !this.memory.take(message.weight()); tries++) {
            if (tries == TRIES) {
                this.metrics.dropped(1);
                return;
            }
            this.streams.shed();
        }
        this.streams.publish(all, message);
        message.letGo();
    }

    @Override
    public void start() {
        this.thread = Thread.ofVirtual().name("stream-live").unstarted(this::run);
        this.thread.start();
    }

    @Override
    public void stop() {
        Thread running = this.thread;
        this.thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.thread != null;
    }

    /** Notices that wait: what comes when there are too many is dropped, and counted. */
    private final class Bounded {

        private final Queue<Notice> queue = new ConcurrentLinkedQueue<>();

        private final AtomicInteger size = new AtomicInteger();

        private boolean add(Notice notice) {
            if (this.size.incrementAndGet() > MOST_WAITING) {
                this.size.decrementAndGet();
                LiveFeed.this.metrics.dropped(1);
                return false;
            }
            return this.queue.add(notice);
        }

        private List<Notice> take(int most) {
            List<Notice> taken = new ArrayList<>();
            for (Notice next = this.queue.poll(); next != null; next = (taken.size() < most) ? this.queue.poll()
                    : null) {
                taken.add(next);
            }
            this.size.addAndGet(-taken.size());
            return taken;
        }

        private boolean isEmpty() {
            return this.queue.isEmpty();
        }

    }

}
