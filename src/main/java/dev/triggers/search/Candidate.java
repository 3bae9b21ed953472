package dev.triggers.search;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event that may match.
 *
 * @param id the event
 * @param type its type
 * @param dedupId its deduplication id
 * @param bytes the size of its payload
 */
record Candidate(UUID id, String type, @Nullable String dedupId, int bytes) {

}
