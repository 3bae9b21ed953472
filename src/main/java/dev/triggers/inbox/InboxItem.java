package dev.triggers.inbox;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event as integrators see it.
 *
 * @param id the event's id
 * @param eventId the same
 * @param type the event's type
 * @param eventType the same
 * @param payload the payload, exactly as posted; left out of a summary
 * @param dedupId the deduplication id it was posted with
 * @param status pending, delivered or failed
 * @param deliveryStatus the same
 * @param attempts the highest number of attempts of its deliveries
 * @param responseStatus the HTTP status that the latest attempt met
 * @param lastError what the latest attempt failed with
 * @param createdAt when it was accepted
 * @param updatedAt when it was last tried or acknowledged, else when it was accepted
 */
@Schema(name = "InboxItem", description = "An event and how far its delivery has come")
public record InboxItem(UUID id, UUID eventId, String type, String eventType,
        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(type = "object",
                description = "Any JSON value but null, exactly as posted") @Nullable String payload,
        @Nullable String dedupId, @Schema(allowableValues = {
                "pending", "delivered", "failed" }) String status,
        @Schema(allowableValues = { "pending", "delivered", "failed" }) String deliveryStatus, int attempts,
        @Nullable Integer responseStatus, @Nullable String lastError, Instant createdAt, Instant updatedAt){

    /** An item made of its two halves. */
    public static InboxItem of(EventState state, EventTexts texts) {
        String status = state.status();
        return new InboxItem(state.eventId(), state.eventId(), texts.type(), texts.type(), texts.payload(),
                texts.dedupId(), status, status, state.attempts(), state.responseStatus(), state.lastError(),
                state.createdAt(), state.updatedAt());
    }

}
