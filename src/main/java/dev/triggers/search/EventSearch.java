package dev.triggers.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import dev.triggers.database.SqlState;
import dev.triggers.key.Caller;
import dev.triggers.search.SearchRepository.Look;
import dev.triggers.search.SearchRepository.Stretch;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Searches the history, newest first: a bounded number of events, for a bounded time.
 * What the server can leave out without losing a match is left out there; what is left is
 * judged here.
 */
@Service
class EventSearch {

    /** Events that a page looks at. */
    static final int MOST = 100_000;

    private static final Duration TIME = Duration.ofMillis(500);

    private static final String CANCELED = "57014";

    /** Stretches begin short, so that a slow one does not take all of the time. */
    private static final int SHORTEST = 500;

    /** When not even a short one could be read in time. */
    private static final int TINY = 20;

    private static final int GROUP = 1_000;

    /** Bytes of payloads in memory at once. */
    private static final int GROUP_BYTES = 1024 * 1024;

    private final SearchRepository repository;

    private final SearchPlaces places;

    private final SearchPace pace;

    private final SearchMetrics metrics;

    EventSearch(SearchRepository repository, SearchPlaces places, SearchPace pace, SearchMetrics metrics) {
        this.repository = repository;
        this.places = places;
        this.pace = pace;
        this.metrics = metrics;
    }

    /**
     * Searches on behind an event.
     * @param limit events to find at the most
     * @throws ProblemException 429 or 503 while others search
     */
    Found search(Caller caller, SearchQuery query, UUID before, int limit) {
        try {
            this.places.take(caller.organizationId());
        }
        catch (ProblemException ex) {
            this.metrics.refused();
            throw ex;
        }
        try {
            Progress progress = new Progress(query, before, limit, this.pace);
            if (!run(caller, progress, SHORTEST) && !progress.moved && !run(caller, progress, TINY)
                    && !progress.moved) {
                throw ProblemException.unavailable("The database is too busy to search", Duration.ofSeconds(1));
            }
            this.metrics.searched(progress.looked);
            return new Found(progress.found, progress.over ? null : progress.edge);
        }
        finally {
            this.places.leave(caller.organizationId());
        }
    }

    /** False if a statement took too long; what was found before counts. */
    private boolean run(Caller caller, Progress progress, int first) {
        try {
            if (!this.repository.look(caller, TIME, (look) -> progress.run(look, first))) {
                this.metrics.refused();
                throw SearchPlaces.another();
            }
            return true;
        }
        catch (DataAccessException ex) {
            if (CANCELED.equals(SqlState.of(ex).code())) {
                this.metrics.timedOut();
                return false;
            }
            throw ex;
        }
    }

    /** How far a search has come. */
    private static final class Progress {

        private final SearchQuery query;

        private final int limit;

        private final SearchPace pace;

        private final long until = System.nanoTime() + TIME.toNanos();

        private final List<UUID> found = new ArrayList<>();

        private UUID edge;

        private long looked;

        private boolean moved;

        private boolean over;

        Progress(SearchQuery query, UUID before, int limit, SearchPace pace) {
            this.query = query;
            this.limit = limit;
            this.pace = pace;
            this.edge = lower(before, query.high());
        }

        private static UUID lower(UUID one, UUID other) {
            int order = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            if (order == 0) {
                order = Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
            }
            return (order < 0) ? one : other;
        }

        void run(Look look, int first) {
            int rows = first;
            while (!isDone()) {
                long began = System.nanoTime();
                Stretch stretch = look.stretch(this.query, this.edge, rows);
                judge(look, stretch);
                if (stretch.looked() < rows && this.edge.equals(stretch.last())) {
                    this.over = true;
                }
                if (stretch.last() == null) {
                    this.over = true;
                }
                if (!isDone()) {
                    long nanos = System.nanoTime() - began;
                    rows = Math.min(rows * 4, this.pace.most(rows, nanos));
                    LockSupport.parkNanos(this.pace.restNanos(nanos));
                }
            }
        }

        private boolean isDone() {
            return this.over || isFull() || this.looked >= MOST || isLate();
        }

        private boolean isFull() {
            return this.found.size() >= this.limit;
        }

        private boolean isLate() {
            return this.moved && System.nanoTime() - this.until > 0;
        }

        private void judge(Look look, Stretch stretch) {
            List<Candidate> candidates = stretch.candidates();
            for (int from = 0; from < candidates.size();) {
                int to = groupEnd(candidates, from);
                judgeGroup(look, candidates.subList(from, to));
                if (isFull() || isLate()) {
                    this.looked += to;
                    return;
                }
                from = to;
            }
            if (stretch.last() != null) {
                this.edge = stretch.last();
                this.looked += stretch.looked();
                this.moved = true;
            }
        }

        private int groupEnd(List<Candidate> candidates, int from) {
            int bytes = 0;
            int to = from;
            while (to < candidates.size() && to - from < GROUP) {
                bytes += candidates.get(to).bytes();
                if (this.query.asksForPayload() && bytes > GROUP_BYTES && to > from) {
                    break;
                }
                to++;
            }
            return to;
        }

        private void judgeGroup(Look look, List<Candidate> group) {
            List<UUID> left = group.stream()
                .filter((event) -> this.query.holdsForEvent(event.type(), event.dedupId(), event.id()))
                .map(Candidate::id)
                .toList();
            if (this.query.asksForDeliveries() && !left.isEmpty()) {
                Map<UUID, Facts> facts = look.facts(left);
                left = left.stream().filter((id) -> holds(facts.get(id))).toList();
            }
            Map<UUID, String> payloads = (this.query.asksForPayload() && !left.isEmpty()) ? look.payloads(left) : null;
            for (UUID id : left) {
                if (payloads == null || holds(payloads.get(id))) {
                    this.found.add(id);
                    if (isFull()) {
                        reached(id);
                        return;
                    }
                }
            }
            reached(group.getLast().id());
        }

        private boolean holds(@Nullable Facts facts) {
            return facts != null && this.query.holdsForDeliveries(facts);
        }

        private boolean holds(@Nullable String payload) {
            return payload != null && this.query.holdsForPayload(payload);
        }

        private void reached(UUID id) {
            this.edge = id;
            this.moved = true;
        }

    }

    /**
     * What a search found.
     *
     * @param eventIds the events, newest first
     * @param edge the last event looked at; null: all were
     */
    record Found(List<UUID> eventIds, @Nullable UUID edge) {

    }

}
