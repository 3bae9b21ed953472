package dev.triggers.log;

/**
 * What is true of the whole log at a moment.
 *
 * @param generation the current generation
 * @param floor a position before it may have missed events of a day that was dropped
 * @param late the latest position at which something was added to a day long over
 * @param horizon nothing will ever be added before it
 * @param newest no transaction has come further
 */
record LogState(int generation, long floor, long late, long horizon, long newest) {

    LogPosition horizonPosition() {
        return LogPosition.before(this.horizon);
    }

}
