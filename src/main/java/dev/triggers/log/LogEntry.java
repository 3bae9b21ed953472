package dev.triggers.log;

import java.util.UUID;

/**
 * An event in the log.
 *
 * @param organizationId whose event it is
 * @param position where it stands
 * @param type its type
 */
public record LogEntry(UUID organizationId, LogPosition position, String type) {

    /** The event. */
    public UUID eventId() {
        return this.position.eventId();
    }

}
