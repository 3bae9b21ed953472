package dev.triggers.inbox;

import org.jspecify.annotations.Nullable;

/**
 * What an event was posted with. It never changes.
 *
 * @param type its type
 * @param dedupId its deduplication id
 * @param payload its payload, as posted; null where it was not asked for
 */
public record EventTexts(String type, @Nullable String dedupId, @Nullable String payload) {
}
