package dev.triggers.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * How often a type was seen in a day.
 *
 * @param organizationId whose events they are
 * @param type their type
 * @param day their day, in UTC
 * @param events how many
 * @param firstAt when the first was accepted
 * @param lastAt when the last was accepted
 */
record TypeCount(UUID organizationId, String type, LocalDate day, long events, Instant firstAt, Instant lastAt) {

    TypeCount plus(TypeCount other) {
        return new TypeCount(this.organizationId, this.type, this.day, this.events + other.events,
                this.firstAt.isBefore(other.firstAt) ? this.firstAt : other.firstAt,
                this.lastAt.isAfter(other.lastAt) ? this.lastAt : other.lastAt);
    }

}
