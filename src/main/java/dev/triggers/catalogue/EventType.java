package dev.triggers.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A type of events that was seen.
 *
 * @param type the type
 * @param firstAt when the first of the events that are kept was accepted
 * @param lastAt when the last one was accepted
 * @param events how many were accepted in the days that are kept
 * @param days how many a day, latest first; days without any are left out
 */
record EventType(String type, Instant firstAt, Instant lastAt, long events, List<Day> days) {

    /**
     * How many were accepted in a day.
     *
     * @param day the day, in UTC
     * @param events how many
     */
    record Day(LocalDate day, long events) {

    }

}
