package dev.triggers.log;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Entries of one organization's log, in order.
 *
 * @param from where they were read from
 * @param state what was true of the log as they were read
 * @param entries what was found
 * @param edge the last entry looked at, if the look ended before the horizon without
 * finding enough
 */
record LogSlice(LogCursor from, LogState state, List<LogEntry> entries, @Nullable LogPosition edge) {

    /** Where a reader goes on that has been given all entries. */
    LogCursor next() {
        LogCursor read = this.entries.isEmpty() ? this.from : this.from.behind(this.entries.getLast().position());
        return read.movedTo((this.edge != null) ? this.edge : this.state.horizonPosition());
    }

    /** The same as if the log had not come further than to a position. */
    LogSlice before(long position) {
        if (position >= this.state.horizon()) {
            return this;
        }
        LogPosition end = LogPosition.before(position);
        List<LogEntry> kept = this.entries.stream().filter((entry) -> entry.position().compareTo(end) < 0).toList();
        LogPosition looked = (this.edge != null && this.edge.compareTo(end) < 0) ? this.edge : null;
        return new LogSlice(this.from, this.state.withHorizon(position), kept, looked);
    }

    /** The first entries, behind which the reader goes on with the others. */
    LogSlice first(int count) {
        List<LogEntry> kept = this.entries.subList(0, count);
        return new LogSlice(this.from, this.state, kept, kept.getLast().position());
    }

}
