package dev.triggers.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.settings.MemoryProperties;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The streams that are open at this instance, and how many there may be.
 */
@Component
class Streams {

    /** With the long polls, less than half of the connections. */
    static final int MOST = 256;

    static final int MOST_OF_ONE = 16;

    private static final int PROBES = 5;

    private static final long PROBE_MILLIS = 30;

    private static final Duration LATER = Duration.ofSeconds(5);

    private final ConcurrentHashMap<UUID, List<OpenStream>> open = new ConcurrentHashMap<>();

    /** Places taken, of streams that are about to open too. */
    private final ConcurrentHashMap<UUID, Integer> places = new ConcurrentHashMap<>();

    private final AtomicInteger taken = new AtomicInteger();

    private final Set<UUID> probed = ConcurrentHashMap.newKeySet();

    private final StreamMetrics metrics;

    private final int most;

    private final int mostOfOne;

    private volatile boolean closed;

    @Autowired
    Streams(StreamMetrics metrics, MemoryProperties memory) {
        this(metrics, memory.scaled(MOST), MOST_OF_ONE);
    }

    Streams(StreamMetrics metrics, int most, int mostOfOne) {
        this.metrics = metrics;
        this.most = most;
        this.mostOfOne = mostOfOne;
        metrics.watch(this.taken::get);
    }

    /**
     * Takes a place, which is free again once {@link #leave} is called.
     * @throws ProblemException 429 if the organization has as many as it may have, 503 if
     * the instance has
     */
    void enter(UUID organizationId) throws InterruptedException {
        if (this.closed) {
            throw ProblemException.unavailable("The service is shutting down", Duration.ofSeconds(1));
        }
        if (!takePlace(organizationId) && !(probe(organizationId) && takePlace(organizationId))) {
            this.metrics.organizationFull();
            throw ProblemException
                .of(ProblemKind.TOO_MANY_STREAMS,
                        "The organization has " + this.mostOfOne + " streams open at this instance, as many as it may")
                .retryAfter(LATER);
        }
        if (this.taken.incrementAndGet() > this.most) {
            leave(organizationId);
            this.metrics.instanceFull();
            throw ProblemException.unavailable("As many streams are open as the service takes", LATER);
        }
    }

    private boolean takePlace(UUID organizationId) {
        if (this.places.merge(organizationId, 1, Integer::sum) <= this.mostOfOne) {
            return true;
        }
        leavePlace(organizationId);
        return false;
    }

    /**
     * A browser whose page is loaded again and again leaves streams behind, which show
     * that nobody reads them once they were written to twice. One at a time finds out.
     * @return whether a place is free
     */
    private boolean probe(UUID organizationId) throws InterruptedException {
        if (!this.probed.add(organizationId)) {
            return false;
        }
        try {
            for (int i = 0; i < PROBES && isFull(organizationId); i++) {
                of(organizationId).forEach(OpenStream::beat);
                Thread.sleep(PROBE_MILLIS);
            }
            return !isFull(organizationId);
        }
        finally {
            this.probed.remove(organizationId);
        }
    }

    private boolean isFull(UUID organizationId) {
        return this.places.getOrDefault(organizationId, 0) >= this.mostOfOne;
    }

    void leave(UUID organizationId) {
        this.taken.decrementAndGet();
        leavePlace(organizationId);
    }

    private void leavePlace(UUID organizationId) {
        this.places.computeIfPresent(organizationId, (id, count) -> (count > 1) ? count - 1 : null);
    }

    /**
     * Shows the stream to who feeds streams.
     * @return whether it is the first of its organization
     */
    boolean add(OpenStream stream) {
        List<OpenStream> all = this.open.merge(stream.caller().organizationId(), List.of(stream), Streams::joined);
        if (this.closed) {
            stream.end(StreamEnd.SHUTDOWN, "");
        }
        return all.size() == 1;
    }

    /**
     * Takes a stream away.
     * @return whether it was the last of its organization
     */
    boolean remove(OpenStream stream) {
        UUID organizationId = stream.caller().organizationId();
        return this.open.computeIfPresent(organizationId, (id, all) -> {
            List<OpenStream> rest = all.stream().filter((each) -> each != stream).toList();
            return rest.isEmpty() ? null : rest;
        }) == null;
    }

    private static List<OpenStream> joined(List<OpenStream> some, List<OpenStream> others) {
        List<OpenStream> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    boolean isEmpty() {
        return this.open.isEmpty();
    }

    List<OpenStream> of(UUID organizationId) {
        return this.open.getOrDefault(organizationId, List.of());
    }

    Collection<UUID> organizations() {
        return this.open.keySet();
    }

    List<OpenStream> all() {
        return this.open.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Gives a message to those streams of the organization that show it.
     */
    void publish(UUID organizationId, Message message) {
        publish(of(organizationId), message);
    }

    void publish(List<OpenStream> streams, Message message) {
        int given = 0;
        for (OpenStream stream : streams) {
            if (message.isFor(stream.filter())) {
                stream.offer(message);
                given++;
            }
        }
        this.metrics.sent(message.kind(), given);
    }

    /**
     * Ends the stream that is furthest behind, as one that lags: memory is short, and
     * most of it waits for that one.
     */
    void shed() {
        all().stream()
            .filter((stream) -> stream.behind() > 0)
            .max(Comparator.comparingLong(OpenStream::behind))
            .ifPresent((stream) -> stream.end(StreamEnd.LAGGING, ""));
    }

    /** Before the server stops, which waits for the answers under way. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        this.closed = true;
        all().forEach((stream) -> stream.end(StreamEnd.SHUTDOWN, ""));
    }

}
