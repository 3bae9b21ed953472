package dev.triggers.stream;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An event that was accepted: an inbox item without what changes later.
 *
 * @param id the event's id
 * @param eventId the same
 * @param type the event's type
 * @param eventType the same
 * @param dedupId the deduplication id it was posted with
 * @param createdAt when it was accepted
 * @param payload for the API's description; the payload's own bytes are written behind
 * the others, unless payloads are left out
 */
record StreamedEvent(UUID id, UUID eventId, String type, String eventType, @Nullable String dedupId, Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String payload) {

    static StreamedEvent of(UUID id, String type, @Nullable String dedupId, Instant createdAt) {
        return new StreamedEvent(id, id, type, type, dedupId, createdAt, null);
    }

}
