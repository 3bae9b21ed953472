package dev.triggers.log;

import java.util.UUID;

/**
 * What is true of the whole log at a moment.
 *
 * @param generation the current generation
 * @param floor a position before it may have missed events of a day that was dropped,
 * unless it was given out after that
 * @param firstDay the first day whose events are in the log, as a number; another one
 * once a day was dropped
 * @param late the latest position at which something was added to a day long over
 * @param horizon nothing will ever be added before it
 * @param newest no transaction has come further
 */
record LogState(int generation, long floor, int firstDay, long late, long horizon, long newest) {

    LogState withHorizon(long position) {
        return new LogState(this.generation, this.floor, this.firstDay, this.late, position, this.newest);
    }

    LogPosition horizonPosition() {
        return LogPosition.before(this.horizon);
    }

    /** The reader's cursor before everything that is kept. */
    LogCursor earliest(UUID organizationId) {
        return LogCursor.at(organizationId, LogPosition.before(0), this.firstDay);
    }

    /**
     * Whether a day was dropped since, of which the reader may not have seen everything.
     */
    boolean missed(LogCursor cursor) {
        return cursor.position().position() < this.floor && cursor.firstDay() != this.firstDay;
    }

}
