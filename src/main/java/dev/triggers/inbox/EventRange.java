package dev.triggers.inbox;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where the events of a page lie.
 *
 * @param events how many there are in it, at the most as many as the page looks for
 * @param first the oldest of them
 * @param last the newest
 */
record EventRange(int events, UUID first, UUID last) {

    /** Anywhere. */
    static final EventRange ALL = new EventRange(Integer.MAX_VALUE, Direction.ASC.start(), Direction.DESC.start());

    private static final EventRange NONE = new EventRange(0, ALL.first, ALL.last);

    /**
     * @param first null if there are none, as is the last
     */
    static EventRange of(int events, @Nullable UUID first, @Nullable UUID last) {
        return (first != null && last != null) ? new EventRange(events, first, last) : NONE;
    }

}
