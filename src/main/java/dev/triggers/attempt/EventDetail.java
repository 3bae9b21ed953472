package dev.triggers.attempt;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.triggers.inbox.InboxItem;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An event and its deliveries.
 *
 * @param event the event, as the inbox shows it
 * @param deliveries its deliveries, one an endpoint
 * @param timeline what happened to it, in order, and what comes next
 */
@Schema(name = "Event")
record EventDetail(@JsonUnwrapped InboxItem event, List<DeliveryDetail> deliveries, List<TimelineEntry> timeline) {
}
