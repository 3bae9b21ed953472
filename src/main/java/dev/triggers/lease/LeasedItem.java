package dev.triggers.lease;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.triggers.inbox.InboxItem;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An event that is leased.
 *
 * @param item the event as the inbox lists it
 * @param receives how often it has been leased, this time included, by whomever and
 * whatever its deliveries did meanwhile
 * @param leasedUntil to when nobody else gets it
 */
@Schema(name = "LeasedItem", description = "An event of the inbox, leased")
record LeasedItem(@JsonUnwrapped InboxItem item, int receives, Instant leasedUntil) {

}
