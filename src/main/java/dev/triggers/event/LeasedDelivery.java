package dev.triggers.event;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A delivery that was stored already leased to this instance.
 *
 * @param event the event to deliver
 * @param endpointId where to
 * @param lease until when, by the database's clock; also the fence of its outcome
 * @param remaining attempts allowed
 */
public record LeasedDelivery(NewEvent event, UUID endpointId, OffsetDateTime lease, int remaining) {

}
