package dev.triggers.statistics;

import java.time.Instant;
import java.util.UUID;

/**
 * The latest of some attempts.
 *
 * @param at when it began
 * @param eventId the event
 * @param number its number among the attempts of its delivery
 */
record LastAttempt(Instant at, UUID eventId, int number) {

    LastAttempt orLater(LastAttempt other) {
        return other.at.isBefore(this.at) ? this : other;
    }

}
