package dev.triggers.repair;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a bounded number of rows has found for a replay.
 *
 * @param matches the deliveries, in order
 * @param edge the last row, if there may be rows behind it
 * @param full whether as many were found as were wanted
 */
record ReplayPage(List<Match> matches, @Nullable Pair edge, boolean full) {

    /** Whether nothing is left behind these. */
    boolean isLast() {
        return this.edge == null && !this.full;
    }

    /**
     * How far a replay has come that has dealt with so many of the matches.
     * @param from how far it had come before
     * @param byEvent whether an event counts once, however many deliveries it has
     */
    Pair next(Pair from, int done, boolean byEvent) {
        Pair last = (done > 0) ? this.matches.get(done - 1).pair() : null;
        if (done == this.matches.size() && !this.full && this.edge != null) {
            boolean cut = byEvent && last != null && last.eventId().equals(this.edge.eventId());
            return cut ? Pair.behind(this.edge.eventId()) : this.edge;
        }
        if (last == null) {
            return from;
        }
        return byEvent ? Pair.behind(last.eventId()) : last;
    }

    /**
     * A delivery that the filter lets through.
     *
     * @param pair the event and where it went; where it goes, if it is looked at alone
     * @param type the event's type
     */
    record Match(Pair pair, String type) {

        UUID eventId() {
            return this.pair.eventId();
        }

    }

}
