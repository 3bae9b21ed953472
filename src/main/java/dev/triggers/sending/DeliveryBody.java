package dev.triggers.sending;

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
        StringBuilder body = new StringBuilder(160 + quotedType.length() + payload.length());
        body.append("{\"id\":\"").append(eventId);
        body.append("\",\"event_id\":\"").append(eventId);
        body.append("\",\"type\":").append(quotedType);
        body.append(",\"timestamp\":\"").append(createdAt);
        body.append("\",\"data\":").append(payload);
        if (aliases) {
            body.append(",\"event_type\":").append(quotedType);
            body.append(",\"created_at\":\"").append(createdAt);
            body.append("\",\"payload\":").append(payload);
        }
        return body.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

}
