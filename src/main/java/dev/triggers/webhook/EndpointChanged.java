package dev.triggers.webhook;

import java.util.UUID;

/**
 * An endpoint was changed by this instance.
 *
 * @param id the endpoint
 */
record EndpointChanged(UUID id) {
}
