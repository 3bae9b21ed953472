package dev.triggers.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where a search goes on.
 */
final class SearchCursor {

    private static final UUID END = new UUID(-1, -1);

    private static final int BYTES = 16;

    private SearchCursor() {
    }

    /**
     * Reads a cursor; no cursor is the newest event.
     */
    static UUID parse(@Nullable String text) {
        if (text == null) {
            return END;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
            if (bytes.remaining() == BYTES) {
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        }
        catch (IllegalArgumentException ex) {
            // Falls through: not Base64
        }
        throw ProblemException.invalid("cursor", "must be a next_cursor as it was given");
    }

    static String text(UUID eventId) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
            .putLong(eventId.getMostSignificantBits())
            .putLong(eventId.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

}
