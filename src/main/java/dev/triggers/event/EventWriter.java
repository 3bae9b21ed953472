package dev.triggers.event;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import dev.triggers.database.HistoryUpkeep;
import dev.triggers.database.LogGeneration;
import dev.triggers.database.SqlState;
import dev.triggers.event.EventRepository.DedupKey;
import dev.triggers.event.EventRepository.Stored;
import dev.triggers.time.UuidV7;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracing;
import dev.triggers.trace.Tracing.StepSpan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Stores one batch, whatever is in it: duplicates within it are folded, a day that no
 * event had yet is made, and an event that the database refuses does not refuse its
 * neighbours. Then it hands over what can be sent at once and wakes who waits for events.
 */
@Component
class EventWriter {

    private static final Logger logger = LoggerFactory.getLogger(EventWriter.class);

    private static final String NO_PARTITION = "23514";

    /** The position of what is stored is null on a timeline that has no generation. */
    private static final String NO_POSITION = "23502";

    private final EventRepository events;

    private final HistoryUpkeep history;

    private final LogGeneration generation;

    private final HandOver handOver;

    private final Arrivals arrivals;

    private final List<AcceptedListener> listeners;

    private final EventMetrics metrics;

    private final @Nullable Tracing tracing;

    EventWriter(EventRepository events, HistoryUpkeep history, LogGeneration generation, HandOver handOver,
            Arrivals arrivals, List<AcceptedListener> listeners, EventMetrics metrics, @Nullable Tracing tracing) {
        this.events = events;
        this.history = history;
        this.generation = generation;
        this.handOver = handOver;
        this.arrivals = arrivals;
        this.listeners = listeners;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /**
     * What became of each event, by its identifier; never fails.
     */
    Map<UUID, IngestResult> write(List<NewEvent> batch) {
        Map<UUID, IngestResult> results = HashMap.newHashMap(batch.size());
        if (batch.isEmpty()) {
            return results;
        }
        this.metrics.batch(batch.size());
        StepSpan span = (this.tracing != null) ? span(this.tracing, batch) : null;
        try {
            List<NewEvent> repeats = new ArrayList<>(0);
            store(firsts(batch, repeats), results);
            resolve(repeats, results);
        }
        finally {
            if (span != null) {
                span.end((int) results.values().stream().filter(IngestResult.Accepted.class::isInstance).count());
            }
        }
        return results;
    }

    private static @Nullable StepSpan span(Tracing tracing, List<NewEvent> batch) {
        Set<TraceContext> requests = new LinkedHashSet<>();
        for (NewEvent event : batch) {
            if (event.trace() != null && event.trace().sampled()) {
                requests.add(event.trace());
            }
        }
        return requests.isEmpty() ? null : tracing.commit(requests, batch.size());
    }

    /** The same key twice would abort the statement; the first one wins. */
    private static List<NewEvent> firsts(List<NewEvent> batch, List<NewEvent> repeats) {
        if (batch.size() == 1) {
            return batch;
        }
        List<NewEvent> firsts = new ArrayList<>(batch.size());
        Map<DedupKey, NewEvent> seen = new HashMap<>();
        for (NewEvent event : batch) {
            boolean first = event.dedupId() == null || seen.putIfAbsent(DedupKey.of(event), event) == null;
            (first ? firsts : repeats).add(event);
        }
        return firsts;
    }

    private void store(List<NewEvent> batch, Map<UUID, IngestResult> results) {
        try {
            storeWhole(batch, results, true);
        }
        catch (DataAccessException ex) {
            if (!SqlState.of(ex).blamesData()) {
                logger.warn("{} events were not stored: {}", batch.size(), ex.getMessage());
                // Which is Unavailable
                return;
            }
            if (batch.size() == 1) {
                logger.warn("The database refuses an event of organization {}: {}", batch.getFirst().organizationId(),
                        SqlState.of(ex));
                results.put(batch.getFirst().id(), IngestResult.Rejected.INSTANCE);
                return;
            }
            int half = batch.size() / 2;
            store(batch.subList(0, half), results);
            store(batch.subList(half, batch.size()), results);
        }
    }

    private void storeWhole(List<NewEvent> batch, Map<UUID, IngestResult> results, boolean again) {
        try {
            Map<UUID, List<UUID>> ready = new HashMap<>();
            long claimedAt = System.nanoTime();
            OptionalInt instance = this.handOver.instance();
            Stored stored = this.events.store(batch,
                    (organization) -> instance.isEmpty() ? List.of()
                            : ready.computeIfAbsent(organization, (id) -> this.handOver.ready(id, batch.size())),
                    this.handOver.attempts(), this.handOver.lease(), instance);
            accept(batch, stored, results);
            tell(batch, stored, claimedAt);
        }
        catch (DataAccessException ex) {
            if (!again || !provide(SqlState.of(ex).code(), batch)) {
                throw ex;
            }
            storeWhole(batch, results, false);
        }
    }

    /** Makes what a store missed; false if that is nothing that can be made. */
    private boolean provide(String missed, List<NewEvent> batch) {
        switch (missed) {
            case NO_PARTITION -> batch.stream()
                .map((event) -> UuidV7.instant(event.id()).truncatedTo(ChronoUnit.DAYS))
                .distinct()
                .forEach(this.history::createMissing);
            case NO_POSITION -> this.generation.renew();
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * The events are stored: whatever goes wrong from here on is no failure of theirs.
     */
    private void tell(List<NewEvent> batch, Stored stored, long claimedAt) {
        try {
            this.handOver.take(stored.leased(), claimedAt);
            if (!stored.claimable().isEmpty()) {
                this.handOver.stored(stored.claimable());
            }
            this.arrivals.stored(batch);
            List<NewEvent> accepted = stored.duplicates().isEmpty() && stored.fenced().isEmpty() ? batch
                    : batch.stream().filter((event) -> isStored(event, stored)).toList();
            this.listeners.forEach((listener) -> listener.accepted(accepted));
        }
        catch (RuntimeException ex) {
            logger.error("{} stored events were not handed over; they will be claimed", batch.size(), ex);
        }
    }

    private static boolean isStored(NewEvent event, Stored stored) {
        return !stored.duplicates().contains(event.id()) && !stored.fenced().contains(event.organizationId());
    }

    private void accept(List<NewEvent> batch, Stored stored, Map<UUID, IngestResult> results) {
        List<NewEvent> duplicates = new ArrayList<>(0);
        for (NewEvent event : batch) {
            if (stored.fenced().contains(event.organizationId())) {
                results.put(event.id(), IngestResult.Unavailable.MOVING);
            }
            else if (stored.duplicates().contains(event.id())) {
                duplicates.add(event);
            }
            else {
                results.put(event.id(), IngestResult.Accepted.INSTANCE);
            }
        }
        resolve(duplicates, results);
    }

    /** A loser can't see the winner in the statement that it lost in. */
    private void resolve(List<NewEvent> duplicates, Map<UUID, IngestResult> results) {
        if (duplicates.isEmpty()) {
            return;
        }
        try {
            Map<DedupKey, UUID> originals = this.events.originals(duplicates);
            for (NewEvent event : duplicates) {
                UUID original = originals.get(DedupKey.of(event));
                if (original != null) {
                    results.put(event.id(), new IngestResult.Duplicate(original));
                }
            }
        }
        catch (DataAccessException ex) {
            logger.warn("The originals of {} duplicates were not found: {}", duplicates.size(), ex.getMessage());
        }
    }

}
