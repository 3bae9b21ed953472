package dev.triggers.lease;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Events that a consumer may have.
 *
 * @param expired those whose lease was found to have run out
 * @param free those that were leased before, and are not any more
 * @param ahead those that nobody has had
 * @param ended how many events' leases have run out, those included that the filter
 * leaves out
 */
record Found(List<UUID> expired, Walk free, Walk ahead, int ended) {

    int size() {
        return this.expired.size() + this.free.eventIds().size() + this.ahead.eventIds().size();
    }

    /** The oldest of all. */
    List<UUID> oldest(@Nullable Walk behind, int limit) {
        TreeSet<UUID> all = new TreeSet<>(this.expired);
        all.addAll(this.free.eventIds());
        all.addAll(this.ahead.eventIds());
        if (behind != null) {
            all.addAll(behind.eventIds());
        }
        return all.stream().limit(limit).toList();
    }

    /** Those that were leased before. */
    Set<UUID> received() {
        Set<UUID> received = new HashSet<>(this.expired);
        received.addAll(this.free.eventIds());
        return received;
    }

}
