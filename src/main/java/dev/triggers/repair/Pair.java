package dev.triggers.repair;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.time.UuidV7;

/**
 * An event and an endpoint: a delivery, as replays look at them one after the other.
 *
 * @param eventId the event
 * @param endpointId the endpoint
 */
record Pair(UUID eventId, UUID endpointId) {

    private static final UUID FIRST = new UUID(0, 0);

    private static final UUID LAST = new UUID(-1, -1);

    /** Before all of events accepted at the time or later. */
    static Pair before(Instant time) {
        return new Pair(UuidV7.floor(time), FIRST);
    }

    /** Behind all of an event. */
    static Pair behind(UUID eventId) {
        return new Pair(eventId, LAST);
    }

}
