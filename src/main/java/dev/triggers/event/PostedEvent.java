package dev.triggers.event;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event as the API's description shows it; the bytes themselves are read by
 * {@link EventReader}.
 */
record PostedEvent(
        @Schema(description = "1 to 255 characters without control characters; alias: event_type",
                example = "user.created", requiredMode = Schema.RequiredMode.REQUIRED) String type,
        @Schema(description = "Any JSON value but null, at most 262,144 bytes as posted; alias: data",
                example = "{\"user_id\": 42}", requiredMode = Schema.RequiredMode.REQUIRED) Object payload,
        @Schema(description = "Refuses another event with the same value within 24 hours (409)",
                example = "user-42-created") @Nullable String dedupId,
        @Schema(description = "Not to be delivered before, at most 30 days ahead",
                format = "date-time") @Nullable String deliverAt) {

}
