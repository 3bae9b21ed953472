package dev.triggers.log;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

import dev.triggers.web.ProblemException;

/**
 * How far a reader has come in an organization's log.
 *
 * @param organizationId whose log
 * @param position everything up to it was read
 * @param seen the last event that the reader was given, with zeros for none: after a
 * restore, its absence tells that the reader knows what the database does not
 * @param firstDay the first day in the log when the reader began, as a number; of one
 * that has not begun, which its first page does, {@link #NOT_BEGUN}
 */
public record LogCursor(UUID organizationId, LogPosition position, UUID seen, int firstDay) {

    private static final byte VERSION = 1;

    private static final int CONTENT = 1 + 8 + 16 + 16 + 4;

    private static final int LENGTH = CONTENT + 4;

    private static final UUID NOTHING = new UUID(0, 0);

    private static final int NOT_BEGUN = Integer.MIN_VALUE;

    /** A reader that will begin there: no day that is dropped before is missed. */
    static LogCursor beginning(UUID organizationId, LogPosition position) {
        return at(organizationId, position, NOT_BEGUN);
    }

    /** A reader that begins there. */
    static LogCursor at(UUID organizationId, LogPosition position, int firstDay) {
        return new LogCursor(organizationId, position, NOTHING, firstDay);
    }

    /** The same reader, once it was given an event. */
    public LogCursor behind(LogPosition event) {
        return new LogCursor(this.organizationId, event, event.eventId(), this.firstDay);
    }

    /** The same reader, further on, past what is not for it. */
    public LogCursor movedTo(LogPosition further) {
        return (further.compareTo(this.position) > 0)
                ? new LogCursor(this.organizationId, further, this.seen, this.firstDay) : this;
    }

    /** The same reader, which has begun now if it had not. */
    LogCursor begun(LogState state) {
        return (this.firstDay == NOT_BEGUN)
                ? new LogCursor(this.organizationId, this.position, this.seen, state.firstDay()) : this;
    }

    boolean sawAnything() {
        return !this.seen.equals(NOTHING);
    }

    /**
     * Reads a cursor.
     * @param field the name that the client gave it by
     * @throws ProblemException 400 that names the field, if it is none, or another
     * organization's
     */
    public static LogCursor parse(UUID organizationId, String field, String text) {
        byte[] bytes = decode(field, text);
        if (bytes.length != LENGTH) {
            throw bad(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        long position = buffer.getLong();
        UUID eventId = new UUID(buffer.getLong(), buffer.getLong());
        UUID seen = new UUID(buffer.getLong(), buffer.getLong());
        int firstDay = buffer.getInt();
        if (buffer.getInt() != checksum(organizationId, bytes) || version != VERSION || position < 0) {
            throw bad(field);
        }
        return new LogCursor(organizationId, new LogPosition(position, eventId), seen, firstDay);
    }

    private static byte[] decode(String field, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        }
        catch (IllegalArgumentException ex) {
            throw bad(field);
        }
    }

    private static ProblemException bad(String field) {
        return ProblemException.invalid(field, "must be a cursor of this organization's log, as it was given");
    }

    /**
     * Catches what was cut, mistyped or somebody else's; a forged cursor is but another
     * position.
     */
    private static int checksum(UUID organizationId, byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, CONTENT);
        checksum.update(ByteBuffer.allocate(16)
            .putLong(organizationId.getMostSignificantBits())
            .putLong(organizationId.getLeastSignificantBits())
            .array());
        return (int) checksum.getValue();
    }

    /** The text that a client keeps. */
    public String text() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(this.position.position());
        for (UUID id : new UUID[] { this.position.eventId(), this.seen }) {
            buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        buffer.putInt(this.firstDay);
        buffer.putInt(checksum(this.organizationId, buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

}
