package dev.triggers.search;

import java.util.Set;
import java.util.UUID;

/**
 * What the deliveries of an event have come to.
 *
 * @param eventId the event
 * @param acknowledged whether it was acknowledged
 * @param open whether a delivery is under way or waits
 * @param dead whether one failed for good
 * @param attempts the highest number of attempts of a delivery
 * @param endpoints where it went, or is to go
 * @param statuses what attempts were answered
 * @param errorCodes what attempts failed with
 */
record Facts(UUID eventId, boolean acknowledged, boolean open, boolean dead, int attempts, Set<UUID> endpoints,
        Set<Integer> statuses, Set<String> errorCodes) {

    String status() {
        if (this.acknowledged) {
            return "delivered";
        }
        if (this.open) {
            return "pending";
        }
        return this.dead ? "failed" : "delivered";
    }

}
