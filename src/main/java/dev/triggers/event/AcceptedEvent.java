package dev.triggers.event;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer to a stored event, as the API's description shows it; {@link EventAnswers}
 * writes it.
 */
record AcceptedEvent(UUID id, UUID eventId, String type, @Schema(example = "accepted") String status,
        @Schema(example = "pending") String deliveryStatus, UUID organizationId, Instant createdAt, String message) {

}
