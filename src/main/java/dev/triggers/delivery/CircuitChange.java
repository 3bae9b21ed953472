package dev.triggers.delivery;

import java.time.Duration;
import java.util.UUID;

/**
 * The health of an endpoint after attempts have changed it.
 *
 * @param endpointId the endpoint
 * @param consecutiveFailures failures in a row
 * @param wasOpen whether its circuit was open before
 * @param open whether its circuit is open
 * @param quiet how long it is not to be sent to, from now
 * @param failingFor how long it has been failing without a success between
 */
record CircuitChange(UUID endpointId, int consecutiveFailures, boolean wasOpen, boolean open, Duration quiet,
        Duration failingFor) {

}
