package dev.triggers.stream;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that was acknowledged.
 *
 * @param id the event's id
 * @param eventId the same
 * @param type the event's type
 * @param eventType the same
 * @param acknowledgedAt when it was acknowledged first
 */
record StreamedAcknowledgement(UUID id, UUID eventId, String type, String eventType, Instant acknowledgedAt) {

}
