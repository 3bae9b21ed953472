package dev.triggers.lease;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a bounded number of rows, in the order of events, has found.
 *
 * @param eventIds the events, in ascending order
 * @param beyond where the next look begins if all of these are done with; null: behind
 * the last of them
 * @param cut whether there may be rows that were not looked at
 */
record Walk(List<UUID> eventIds, @Nullable UUID beyond, boolean cut) {

    /** Where every walk begins. */
    static final UUID START = new UUID(0, 0);

    static final Walk NONE = new Walk(List.of(), START, false);

    /**
     * Where the next walk begins.
     * @param from where this one began
     * @param done the last event that was taken, or found to be no candidate; null if
     * there was none
     */
    UUID next(UUID from, @Nullable UUID done) {
        List<UUID> past = (done != null)
                ? this.eventIds.stream().takeWhile((eventId) -> eventId.compareTo(done) <= 0).toList() : List.of();
        if (past.size() == this.eventIds.size() && this.beyond != null) {
            return this.beyond;
        }
        return past.isEmpty() ? from : past.getLast();
    }

}
