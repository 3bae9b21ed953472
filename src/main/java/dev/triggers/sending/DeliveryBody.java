package dev.triggers.sending;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The body of a delivery: Standard Webhooks' members and the siblings' identifiers around
 * the payload, which is spliced in exactly as posted.
 */
public final class DeliveryBody {

    private static final byte[] END = { '}' };

    private DeliveryBody() {
    }

    /**
     * The body's bytes.
     * @param aliases whether to add {@code event_type}, {@code created_at} and
     * {@code payload}, for receivers written to the Python sibling
     */
    public static byte[] of(UUID eventId, String type, String payload, boolean aliases) {
        Instant createdAt = UuidV7.instant(eventId);
        String quotedType = '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(type)) + '"';
        byte[] data = utf8(payload);
        byte[] head = utf8("{\"id\":\"" + eventId + "\",\"event_id\":\"" + eventId + "\",\"type\":" + quotedType
                + ",\"timestamp\":\"" + createdAt + "\",\"data\":");
        if (!aliases) {
            return joined(head, data, END);
        }
        byte[] again = utf8(",\"event_type\":" + quotedType + ",\"created_at\":\"" + createdAt + "\",\"payload\":");
        return joined(head, data, again, data, END);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            body.put(part);
        }
        return body.array();
    }

}
