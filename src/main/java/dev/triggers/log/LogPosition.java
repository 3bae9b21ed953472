package dev.triggers.log;

import java.util.Comparator;
import java.util.UUID;

/**
 * A place in the log: right behind an event, or, with the identifier of none, before all
 * that a transaction stored.
 *
 * @param position the number of the generation, 48 bits up, and the id of a transaction
 * @param eventId the event of that transaction that it stands behind, by the order of
 * ids, as PostgreSQL compares them
 */
public record LogPosition(long position, UUID eventId) implements Comparable<LogPosition> {

    private static final int GENERATION = 48;

    private static final UUID NONE = new UUID(0, 0);

    private static final Comparator<UUID> UNSIGNED = Comparator
        .comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
        .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final Comparator<LogPosition> ORDER = Comparator.comparingLong(LogPosition::position)
        .thenComparing(LogPosition::eventId, UNSIGNED);

    /**
     * Before all that has this position or a later one.
     */
    public static LogPosition before(long position) {
        return new LogPosition(position, NONE);
    }

    /** Before all of a generation. */
    static LogPosition beginning(int generation) {
        return before((long) generation << GENERATION);
    }

    int generation() {
        return (int) (this.position >>> GENERATION);
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }

}
