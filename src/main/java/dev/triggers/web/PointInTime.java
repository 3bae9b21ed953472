package dev.triggers.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A time given by a client, which an identifier can be made of.
 */
public final class PointInTime {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private PointInTime() {
    }

    /**
     * Reads a time as in RFC 3339; one before the epoch counts as the epoch.
     * @throws ProblemException 400 that names the field
     */
    public static Instant parse(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LAST) ? LAST : time;
        }
        catch (DateTimeException ex) {
            throw ProblemException.invalid(field, "must be a time as in RFC 3339, like 2026-01-31T12:00:00Z");
        }
    }

}
