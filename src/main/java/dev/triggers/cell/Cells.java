package dev.triggers.cell;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.triggers.database.DatabaseProperties;
import dev.triggers.key.Cell;
import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * This cell and the others.
 */
@Component
public final class Cells {

    /** Less than it takes an organization to move away and back. */
    private static final Duration STALEST = Duration.ofSeconds(10);

    private final Cell here;

    private final Map<String, OtherCell> others = new TreeMap<>();

    Cells(CellsProperties properties, Cell here, DatabaseProperties database) {
        if (!properties.cells().isEmpty() && database.readStaleness().compareTo(STALEST) > 0) {
            throw new ConfigurationException("DATABASE_READ_STALENESS must be 10s at the most beside CELLS");
        }
        this.here = here;
        properties.cells()
            .stream()
            .filter((cell) -> !cell.digits().equals(here.digits()))
            .forEach((cell) -> this.others.put(cell.digits(), cell));
    }

    /** The digits of this one. */
    public String here() {
        return this.here.digits();
    }

    /** All that are not this one. */
    public Collection<OtherCell> others() {
        return this.others.values();
    }

    /** The digits of all, in order. */
    public SortedSet<String> all() {
        SortedSet<String> all = new TreeSet<>(this.others.keySet());
        all.add(here());
        return all;
    }

    /** Another cell by its digits; null if none is named so. */
    public @Nullable OtherCell other(String digits) {
        return this.others.get(digits);
    }

    /**
     * The other cell that a token was made in; null if it was made here, or in none that
     * is named.
     */
    @Nullable OtherCell of(String token) {
        String digits = this.others.isEmpty() ? null : Cell.of(token);
        return (digits != null) ? this.others.get(digits) : null;
    }

}
