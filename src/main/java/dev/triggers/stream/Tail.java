package dev.triggers.stream;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

import dev.triggers.log.LogCursor;
import dev.triggers.log.LogEntry;
import dev.triggers.log.LogPosition;
import dev.triggers.log.LogReader;
import dev.triggers.log.LogRepository;
import dev.triggers.log.LogTails;
import dev.triggers.stream.StreamTextRepository.Text;
import dev.triggers.stream.StreamTextRepository.Texts;
import dev.triggers.stream.StreamTextRepository.Wanted;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds streams with events, in the log's order and out of the log alone: what arrives
 * only calls for a look. One look reads what is new to the streams of all organizations
 * that were called for. A stream that goes on from an old cursor is read for by itself,
 * as fast as it writes, until it is where the others are.
 */
@Component
class Tail implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(Tail.class);

    /** Entries of one organization that are read in one look. */
    private static final int ENTRIES = 500;

    /** Entries of all organizations in one look, roughly. */
    private static final int ALL_ENTRIES = 4_000;

    private static final int LEAST_ENTRIES = 20;

    private static final int MOST_TEXTS = 1_000;

    /** What comes from a look at once, so that others have their turns. */
    private static final long BYTES = 768 * 1024;

    /** It fits behind what such a stream may still have, without making it lag. */
    private static final long BYTES_OF_ONE = 512 * 1024;

    /** The last event of a look may be of any size. */
    private static final long OVERSIZE = 264 * 1024;

    private static final long LEAST_BYTES = OVERSIZE + 64 * 1024;

    /**
     * One that goes on from an old cursor is read for once it has written most of what it
     * had.
     */
    private static final long ENOUGH = 64 * 1024;

    private static final Duration SHORTEST_GAP = Duration.ofMillis(12);

    private static final Duration LONGEST_GAP = Duration.ofMillis(200);

    /** Arrivals are signalled; this is for what a lost connection swallowed. */
    private static final Duration RECHECK = Duration.ofSeconds(5);

    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private static final long UNKNOWN = -1;

    private final Streams streams;

    private final LogRepository log;

    private final LogReader reader;

    private final StreamTextRepository texts;

    private final StreamMemory memory;

    private final StreamMetrics metrics;

    private final JsonMapper json;

    private final Clock clock;

    private final Set<UUID> called = ConcurrentHashMap.newKeySet();

    private final Semaphore calls = new Semaphore(0);

    /**
     * Organizations of which something may be committed that the log does not show yet,
     * since something before it is under way: up to where it has to be read.
     */
    private final Map<UUID, Long> awaited = new HashMap<>();

    private LogPosition horizon = LogPosition.before(0);

    /** Looks since the horizon has moved. */
    private int vain;

    private volatile @Nullable Thread thread;

    Tail(Streams streams, LogRepository log, LogReader reader, StreamTextRepository texts, StreamMemory memory,
            StreamMetrics metrics, JsonMapper json, Clock clock) {
        this.streams = streams;
        this.log = log;
        this.reader = reader;
        this.texts = texts;
        this.memory = memory;
        this.metrics = metrics;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Calls for a look at what is new of an organization.
     */
    void call(UUID organizationId) {
        if (this.called.add(organizationId) && this.calls.availablePermits() == 0) {
            this.calls.release();
        }
    }

    private void callAll() {
        this.streams.organizations().forEach(this::call);
    }

    private void run() {
        while (isRunning()) {
            try {
                Set<UUID> organizations = await();
                long began = System.nanoTime();
                look(organizations);
                // No more than half of the time, whatever comes
                Thread.sleep(longer(SHORTEST_GAP, Duration.ofNanos(System.nanoTime() - began)));
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (DataAccessException | TransactionException | ProblemException ex) {
                logger.warn("Streams wait for the database: {}", ex.getMessage());
                pause();
            }
            catch (RuntimeException ex) {
                logger.error("Streams were not fed, trying again", ex);
                pause();
            }
        }
    }

    private Set<UUID> await() throws InterruptedException {
        if (this.streams.isEmpty()) {
            this.awaited.clear();
            this.calls.acquire();
        }
        else if (!this.calls.tryAcquire(rest().toMillis(), TimeUnit.MILLISECONDS) && this.awaited.isEmpty()) {
            callAll();
        }
        this.calls.drainPermits();
        Set<UUID> organizations = Set.copyOf(this.called);
        this.called.removeAll(organizations);
        organizations.forEach((id) -> this.awaited.put(id, UNKNOWN));
        return Set.copyOf(this.awaited.keySet());
    }

    /**
     * What is awaited is there in some milliseconds mostly; the longer in vain, the less
     * often.
     */
    private Duration rest() {
        if (this.awaited.isEmpty()) {
            return RECHECK;
        }
        Duration gap = SHORTEST_GAP.multipliedBy(1L << Math.min(this.vain, 5));
        return (gap.compareTo(LONGEST_GAP) < 0) ? gap : LONGEST_GAP;
    }

    private static Duration longer(Duration one, Duration other) {
        return (one.compareTo(other) > 0) ? one : other;
    }

    private void look(Set<UUID> organizations) throws InterruptedException {
        List<Reading> upToDate = new ArrayList<>();
        List<Reading> behind = new ArrayList<>();
        for (UUID organizationId : organizations) {
            sort(organizationId, upToDate, behind);
        }
        if (upToDate.isEmpty() && behind.isEmpty()) {
            this.awaited.clear();
            return;
        }
        if (!upToDate.isEmpty()) {
            read(upToDate, true);
        }
        if (!behind.isEmpty()) {
            read(behind, false);
        }
        this.awaited.keySet().retainAll(this.streams.organizations());
    }

    /**
     * The streams that are where the log ends are read for together, each other alone,
     * and one of an organization at a time.
     */
    private void sort(UUID organizationId, List<Reading> upToDate, List<Reading> behind) {
        List<OpenStream> together = new ArrayList<>();
        OpenStream alone = null;
        for (OpenStream stream : this.streams.of(organizationId)) {
            if (!stream.filter().showsEvents()) {
                continue;
            }
            if (stream.isUpToDate()) {
                together.add(stream);
            }
            else if (stream.behind() <= ENOUGH) {
                alone = (alone == null || from(stream).compareTo(from(alone)) < 0) ? stream : alone;
            }
        }
        if (!together.isEmpty()) {
            upToDate.add(new Reading(organizationId, together));
        }
        if (alone != null) {
            behind.add(new Reading(organizationId, List.of(alone)));
        }
        if (together.isEmpty() && alone == null) {
            this.awaited.remove(organizationId);
        }
    }

    private static LogPosition from(OpenStream stream) {
        return Objects.requireNonNull(stream.fedTo()).position();
    }

    private void read(List<Reading> readings, boolean upToDate) throws InterruptedException {
        int limit = Math.clamp(ALL_ENTRIES / readings.size(), LEAST_ENTRIES, ENTRIES);
        LogTails tails = this.log.tails(readings.stream().map(Reading::from).toList(), limit);
        Map<UUID, List<LogEntry>> entries = new HashMap<>();
        for (LogEntry entry : tails.entries()) {
            entries.computeIfAbsent(entry.organizationId(), (id) -> new ArrayList<>()).add(entry);
        }
        moved(tails);
        List<Pick> picks = new ArrayList<>();
        List<Reading> valid = new ArrayList<>();
        for (Reading reading : readings) {
            if (isValid(reading)) {
                valid.add(reading);
                reading.entries = entries.getOrDefault(reading.organizationId, List.of());
                reading.complete = reading.entries.size() < limit;
                pick(reading, picks);
            }
        }
        int end = show(picks, upToDate);
        for (int i = picks.size() - 1; i >= end; i--) {
            picks.get(i).reading.cutBefore(picks.get(i).entry);
        }
        valid.forEach((reading) -> advance(reading, tails));
    }

    private void moved(LogTails tails) {
        this.vain = (tails.horizon().compareTo(this.horizon) > 0) ? 0 : this.vain + 1;
        this.horizon = tails.horizon();
    }

    /**
     * What is read from an old cursor may have been dropped meanwhile, with a gap behind
     * it.
     */
    private boolean isValid(Reading reading) throws InterruptedException {
        OpenStream first = reading.streams.getFirst();
        if (first.isUpToDate()) {
            return true;
        }
        try {
            this.reader.checked(reading.from());
            return true;
        }
        catch (ProblemException ex) {
            if (ex.kind().status() != HttpStatus.GONE) {
                throw ex;
            }
            Map<String, Object> words = new LinkedHashMap<>(Map.of("code", ex.kind().code(), "message", ex.message()));
            words.putAll(ex.members());
            first.end(StreamEnd.EXPIRED, this.json.writeValueAsString(words));
            return false;
        }
    }

    private static void pick(Reading reading, List<Pick> picks) {
        for (LogEntry entry : reading.entries) {
            List<OpenStream> showing = reading.streams.stream()
                .filter((stream) -> entry.position().compareTo(from(stream)) > 0
                        && stream.filter().shows(StreamKind.EVENT_ACCEPTED, entry.type(), null))
                .toList();
            if (!showing.isEmpty()) {
                picks.add(new Pick(reading, entry, showing));
            }
        }
    }

    /**
     * Gives events to the streams that show them.
     * @return how many of them, as far as there was room
     */
    private int show(List<Pick> picks, boolean upToDate) {
        if (picks.isEmpty()) {
            return 0;
        }
        long room = upToDate ? room(BYTES, this.memory::take) : room(BYTES_OF_ONE, this.memory::takeSpare);
        if (room == 0) {
            if (upToDate) {
                this.streams.shed();
            }
            return 0;
        }
        long left = room;
        try {
            List<Pick> few = picks.subList(0, Math.min(picks.size(), MOST_TEXTS));
            Texts found = this.texts.read(few.stream().map(Pick::wanted).toList(), room - OVERSIZE);
            for (Text text : found.texts()) {
                left -= show(few.get(text.index()), text);
            }
            return found.end();
        }
        finally {
            this.memory.giveBack(left);
        }
    }

    private static long room(long wanted, LongPredicate take) {
        if (take.test(wanted)) {
            return wanted;
        }
        return take.test(LEAST_BYTES) ? LEAST_BYTES : 0;
    }

    private int show(Pick pick, Text text) {
        LogEntry entry = pick.entry;
        Instant createdAt = UuidV7.instant(entry.eventId());
        byte[] data = this.json
            .writeValueAsBytes(StreamedEvent.of(entry.eventId(), entry.type(), text.dedupId(), createdAt));
        Message message = new Message(StreamKind.EVENT_ACCEPTED, entry.type(), null,
                pick.reading.from().behind(entry.position()), data,
                (text.payload() != null) ? text.payload().getBytes(StandardCharsets.UTF_8) : null, this.memory);
        int weight = message.weight();
        this.streams.publish(pick.streams, message);
        pick.streams.forEach((stream) -> stream.fed(Objects.requireNonNull(message.cursor())));
        message.letGo();
        if (pick.reading.streams.getFirst().isUpToDate()) {
            this.metrics.delayed(Duration.between(createdAt, this.clock.instant()));
        }
        return weight;
    }

    private void advance(Reading reading, LogTails tails) {
        LogPosition to = reading.complete ? tails.horizon() : reading.last();
        for (OpenStream stream : reading.streams) {
            LogCursor cursor = Objects.requireNonNull(stream.fedTo());
            stream.fed((to != null) ? cursor.movedTo(to) : cursor);
            if (reading.complete) {
                stream.caughtUp();
            }
        }
        UUID organizationId = reading.organizationId;
        if (!reading.complete) {
            call(organizationId);
            return;
        }
        if (this.streams.of(organizationId)
            .stream()
            .anyMatch((stream) -> stream.isBehind() && stream.behind() <= ENOUGH)) {
            call(organizationId);
        }
        long upTo = this.awaited.merge(organizationId, tails.newest().position(),
                (before, newest) -> (before == UNKNOWN) ? newest : before);
        if (tails.horizon().position() >= upTo) {
            this.awaited.remove(organizationId);
        }
    }

    private void pause() {
        callAll();
        try {
            Thread.sleep(AFTER_FAILURE);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        this.thread = Thread.ofVirtual().name("stream-tail").unstarted(this::run);
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

    /**
     * What is read for streams of one organization.
     */
    private static final class Reading {

        private final UUID organizationId;

        private final List<OpenStream> streams;

        private final LogCursor from;

        private List<LogEntry> entries = List.of();

        private boolean complete;

        private Reading(UUID organizationId, List<OpenStream> streams) {
            this.organizationId = organizationId;
            this.streams = streams;
            this.from = streams.stream()
                .map((stream) -> Objects.requireNonNull(stream.fedTo()))
                .min(Comparator.comparing(LogCursor::position))
                .orElseThrow();
        }

        private LogCursor from() {
            return this.from;
        }

        /** Leaves this entry, and what is behind it, to the next look. */
        private void cutBefore(LogEntry entry) {
            this.entries = this.entries.subList(0, this.entries.indexOf(entry));
            this.complete = false;
        }

        private @Nullable LogPosition last() {
            return this.entries.isEmpty() ? null : this.entries.getLast().position();
        }

    }

    /**
     * An event and the streams that show it.
     */
    private record Pick(Reading reading, LogEntry entry, List<OpenStream> streams) {

        Wanted wanted() {
            return new Wanted(this.entry.organizationId(), this.entry.eventId(),
                    this.streams.stream().anyMatch((stream) -> stream.filter().payloads()));
        }

    }

}
