package dev.triggers.attempt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where in the history of attempts a page ends.
 *
 * @param eventId the event
 * @param endpointId the endpoint
 * @param number the attempt of its delivery
 */
record AttemptPosition(UUID eventId, UUID endpointId, int number) {

    static final AttemptPosition START = new AttemptPosition(new UUID(-1, -1), new UUID(-1, -1), Integer.MAX_VALUE);

    private static final int BYTES = 36;

    /**
     * Reads a cursor; no cursor is the start.
     */
    static AttemptPosition parse(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8)));
            if (bytes.remaining() == BYTES) {
                return new AttemptPosition(new UUID(bytes.getLong(), bytes.getLong()),
                        new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt());
            }
        }
        catch (IllegalArgumentException ex) {
            // Falls through: not Base64
        }
        throw ProblemException.invalid("cursor", "must be a next_cursor as it was given");
    }

    /** Whether its event comes before another, in the order of the database. */
    boolean isBefore(UUID event) {
        return Long.compareUnsigned(this.eventId.getMostSignificantBits(), event.getMostSignificantBits()) < 0;
    }

    String cursor() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(this.eventId.getMostSignificantBits()).putLong(this.eventId.getLeastSignificantBits());
        bytes.putLong(this.endpointId.getMostSignificantBits()).putLong(this.endpointId.getLeastSignificantBits());
        bytes.putInt(this.number);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

}
