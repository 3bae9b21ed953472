package dev.triggers.database;

import java.util.UUID;

/**
 * A process as a look at the database shows it.
 *
 * @param number the number that its leases carry
 * @param process which process the number belongs to
 * @param beat moves on whenever the number's lock is taken, or all the time where there
 * is none
 * @param beating whether it holds no lock
 * @param free whether nobody held its lock
 * @param ended whether it is known to have ended
 */
record InstanceRow(int number, UUID process, long beat, boolean beating, boolean free, boolean ended) {

    boolean isOf(int other, UUID otherProcess) {
        return !this.ended && this.number == other && this.process.equals(otherProcess);
    }

    /** The same life of the same process. */
    boolean hasNotMovedSince(InstanceRow earlier) {
        return this.process.equals(earlier.process) && this.beat == earlier.beat && this.beating == earlier.beating;
    }

}
