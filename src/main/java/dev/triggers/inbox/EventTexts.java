package dev.triggers.inbox;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What an event was posted with. It never changes.
 *
 * @param eventId the event
 * @param type its type
 * @param dedupId its deduplication id
 * @param payload its payload, as posted
 */
record EventTexts(UUID eventId, String type, @Nullable String dedupId, String payload) {
}
