package dev.triggers.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * That something happened, by its ids: what it was is read where somebody wants to know.
 *
 * @param kind an acknowledgement or an attempt
 * @param organizationId whose event it was
 * @param eventId the event
 * @param endpointId where the attempt went; zeros for an acknowledgement
 * @param number the number of the attempt
 */
record Notice(StreamKind kind, UUID organizationId, UUID eventId, UUID endpointId, int number) {

    private static final byte ATTEMPT = 'a';

    private static final byte ACKNOWLEDGEMENT = 'k';

    private static final int BYTES = 1 + 3 * 16 + 4;

    /** So many fit a notification, which holds 8,000 bytes. */
    static final int MOST_AT_ONCE = 100;

    private static final UUID NOWHERE = new UUID(0, 0);

    static Notice acknowledged(UUID organizationId, UUID eventId) {
        return new Notice(StreamKind.EVENT_ACKNOWLEDGED, organizationId, eventId, NOWHERE, 0);
    }

    static Notice attempted(UUID organizationId, UUID eventId, UUID endpointId, int number) {
        return new Notice(StreamKind.ATTEMPT_FINISHED, organizationId, eventId, endpointId, number);
    }

    static String write(List<Notice> notices) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES * notices.size());
        for (Notice notice : notices) {
            buffer.put((notice.kind == StreamKind.ATTEMPT_FINISHED) ? ATTEMPT : ACKNOWLEDGEMENT);
            for (UUID id : new UUID[] { notice.organizationId, notice.eventId, notice.endpointId }) {
                buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            }
            buffer.putInt(notice.number);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    static List<Notice> read(String text) {
        ByteBuffer buffer = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        List<Notice> notices = new ArrayList<>(buffer.remaining() / BYTES);
        while (buffer.remaining() >= BYTES) {
            StreamKind kind = (buffer.get() == ATTEMPT) ? StreamKind.ATTEMPT_FINISHED : StreamKind.EVENT_ACKNOWLEDGED;
            notices.add(new Notice(kind, id(buffer), id(buffer), id(buffer), buffer.getInt()));
        }
        return notices;
    }

    private static UUID id(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong());
    }

}
