package dev.triggers.inbox;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

import dev.triggers.web.ProblemException;

/**
 * A position in a listing: the last row that was looked at. Events are found by it, not
 * counted, so that none is shown twice or left out when others arrive or go.
 *
 * @param direction the order of the listing
 * @param eventId the last event looked at
 * @param skip how many matching events the listing's offset has yet to pass over
 */
record InboxCursor(Direction direction, UUID eventId, int skip) {

    private static final byte VERSION = 1;

    private static final byte ASCENDING = 1;

    private static final byte DESCENDING = 2;

    private static final int CONTENT = 1 + 1 + 2 + 16;

    private static final int LENGTH = CONTENT + 4;

    static InboxCursor parse(String text) {
        byte[] bytes = decode(text);
        if (bytes.length != LENGTH) {
            throw bad();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        byte order = buffer.get();
        int skip = Short.toUnsignedInt(buffer.getShort());
        UUID eventId = new UUID(buffer.getLong(), buffer.getLong());
        if (buffer.getInt() != checksum(bytes) || version != VERSION || skip > InboxQuery.LARGEST_OFFSET) {
            throw bad();
        }
        return switch (order) {
            case ASCENDING -> new InboxCursor(Direction.ASC, eventId, skip);
            case DESCENDING -> new InboxCursor(Direction.DESC, eventId, skip);
            default -> throw bad();
        };
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        }
        catch (IllegalArgumentException ex) {
            throw bad();
        }
    }

    private static ProblemException bad() {
        return ProblemException.invalid("cursor", "must be the next_cursor of an earlier answer");
    }

    /** Catches what was cut or mistyped; a forged cursor is but another position. */
    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, CONTENT);
        return (int) checksum.getValue();
    }

    String text() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH)
            .put(VERSION)
            .put((this.direction == Direction.ASC) ? ASCENDING : DESCENDING)
            .putShort((short) this.skip)
            .putLong(this.eventId.getMostSignificantBits())
            .putLong(this.eventId.getLeastSignificantBits());
        buffer.putInt(checksum(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

}
