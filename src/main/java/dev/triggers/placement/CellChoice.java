package dev.triggers.placement;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.settings.ConfigurationException;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which cell gets the next organization: by the operator's shares, else the one that has
 * the fewest. One that cannot be asked how many it has gets none.
 */
@Component
class CellChoice {

    private static final Logger logger = LoggerFactory.getLogger(CellChoice.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** For so long what cells said counts, and what was given to them since. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int MOST = Integer.MAX_VALUE - 1;

    private static final Executor THREADS = (task) -> Thread.ofVirtual().name("cell-question").start(task);

    private final Cells cells;

    private final CellMessages messages;

    private final PlaceRepository rows;

    private final Map<String, Integer> shares;

    private final int allShares;

    private Map<String, Integer> counts = Map.of();

    private long counted;

    CellChoice(PlacementProperties properties, Cells cells, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.messages = messages;
        this.rows = rows;
        this.shares = properties.shares();
        this.allShares = this.shares.values().stream().mapToInt(Integer::intValue).sum();
        this.shares.keySet().stream().filter((cell) -> !cells.all().contains(cell)).findFirst().ifPresent((cell) -> {
            throw new ConfigurationException("CELL_WEIGHTS names cell " + cell + ", which CELLS does not");
        });
    }

    /** The digits of the cell. */
    String next() {
        return this.shares.isEmpty() ? fewest() : byShare(ThreadLocalRandom.current().nextInt(this.allShares));
    }

    private String byShare(int drawn) {
        int left = drawn;
        for (Map.Entry<String, Integer> each : this.shares.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("More was drawn than there is");
    }

    private synchronized String fewest() {
        if (this.counts.isEmpty() || System.nanoTime() - this.counted > FRESH_NANOS) {
            this.counts = count();
            this.counted = System.nanoTime();
        }
        String fewest = this.counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
        this.counts.merge(fewest, 1, Integer::sum);
        return fewest;
    }

    private Map<String, Integer> count() {
        Map<OtherCell, CompletableFuture<OptionalInt>> asked = new TreeMap<>(
                (a, b) -> a.digits().compareTo(b.digits()));
        this.cells.others()
            .forEach((cell) -> asked.put(cell, CompletableFuture.supplyAsync(() -> count(cell), THREADS)));
        Map<String, Integer> found = new TreeMap<>();
        found.put(this.cells.here(), here());
        asked.forEach((cell, answer) -> answer.join().ifPresent((count) -> found.put(cell.digits(), count)));
        return found;
    }

    /** How many there are here. */
    int here() {
        return this.rows.organizations();
    }

    private OptionalInt count(OtherCell cell) {
        try {
            Integer count = this.messages.ask(cell, PlacementController.COUNT, Map.of(), PATIENCE)
                .integer("organizations", 0, MOST);
            return (count != null) ? OptionalInt.of(count) : OptionalInt.empty();
        }
        catch (ProblemException ex) {
            logger.warn("No organization is made in cell {} for now: {}", cell, ex.message());
            return OptionalInt.empty();
        }
    }

}
