package dev.triggers.placement;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.CellSurvey;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.settings.ConfigurationException;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which cell gets the next organization: by the operator's shares, else the one that has
 * the fewest. One that is away gets none.
 */
@Component
class CellChoice {

    private static final Logger logger = LoggerFactory.getLogger(CellChoice.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** For so long what cells said counts, and what was given to them since. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final int MOST = Integer.MAX_VALUE - 1;

    private final Cells cells;

    private final CellSurvey survey;

    private final CellMessages messages;

    private final PlaceRepository rows;

    private final Map<String, Integer> shares;

    /** One asks, and others go by what there is meanwhile. */
    private final ReentrantLock counting = new ReentrantLock();

    private volatile Counts counts = Counts.NONE;

    /** Those in which none could be made, and when. */
    private final Map<String, Long> away = new ConcurrentHashMap<>();

    CellChoice(PlacementProperties properties, Cells cells, CellSurvey survey, CellMessages messages,
            PlaceRepository rows) {
        this.cells = cells;
        this.survey = survey;
        this.messages = messages;
        this.rows = rows;
        this.shares = properties.shares();
        this.shares.keySet().stream().filter((cell) -> !cells.all().contains(cell)).findFirst().ifPresent((cell) -> {
            throw new ConfigurationException("CELL_WEIGHTS names cell " + cell + ", which CELLS does not");
        });
    }

    /**
     * The digits of the cell.
     * @throws ProblemException 503 if all that may be are away
     */
    String next() {
        return this.shares.isEmpty() ? fewest() : byShare();
    }

    /** Leaves a cell out for a while, which turned out to be away. */
    void skip(String cell) {
        this.away.put(cell, System.nanoTime());
    }

    private boolean isThere(String cell) {
        Long since = this.away.get(cell);
        return since == null || System.nanoTime() - since > FRESH_NANOS;
    }

    private String byShare() {
        Map<String, Integer> there = new TreeMap<>(this.shares);
        there.keySet().removeIf((cell) -> !isThere(cell));
        int all = there.values().stream().mapToInt(Integer::intValue).sum();
        int left = (all > 0) ? ThreadLocalRandom.current().nextInt(all) : 0;
        for (Map.Entry<String, Integer> each : there.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw ProblemException
            .of(ProblemKind.CELL_UNAVAILABLE, "No cell can be reached in which organizations are made; try again")
            .retryAfter(RETRY);
    }

    private String fewest() {
        refresh();
        return this.counts.takeFewest(this::isThere).orElse(this.cells.here());
    }

    private void refresh() {
        boolean first = this.counts.of().isEmpty();
        if (!first && System.nanoTime() - this.counts.at() <= FRESH_NANOS) {
            return;
        }
        if (first) {
            this.counting.lock();
        }
        else if (!this.counting.tryLock()) {
            return;
        }
        try {
            if (this.counts.of().isEmpty() || System.nanoTime() - this.counts.at() > FRESH_NANOS) {
                this.counts = count();
            }
        }
        finally {
            this.counting.unlock();
        }
    }

    private Counts count() {
        Map<String, AtomicInteger> found = new TreeMap<>();
        found.put(this.cells.here(), new AtomicInteger(here()));
        this.survey
            .all(this.cells.others(), this::count,
                    (cell, problem) -> logger.warn("No organization is made in cell {} for now: {}", cell,
                            problem.message()))
            .forEach((cell, count) -> found.put(cell.digits(), new AtomicInteger(count)));
        return new Counts(found, System.nanoTime());
    }

    /** How many there are here. */
    int here() {
        return this.rows.organizations();
    }

    private int count(OtherCell cell) {
        Integer count = this.messages.ask(cell, PlacementController.COUNT, Map.of(), PATIENCE)
            .integer("organizations", 0, MOST);
        return (count != null) ? count : MOST;
    }

    /**
     * How many organizations cells have.
     *
     * @param of by the digits of a cell that said so, and with those that it was given
     * since
     * @param at when they were asked
     */
    private record Counts(Map<String, AtomicInteger> of, long at) {

        static final Counts NONE = new Counts(Map.of(), 0);

        Optional<String> takeFewest(Predicate<String> candidate) {
            Optional<Map.Entry<String, AtomicInteger>> fewest = this.of.entrySet()
                .stream()
                .filter((each) -> candidate.test(each.getKey()))
                .min(Comparator.comparingInt((each) -> each.getValue().get()));
            fewest.ifPresent((each) -> each.getValue().incrementAndGet());
            return fewest.map(Map.Entry::getKey);
        }

    }

}
