package dev.triggers.webhook;

import java.util.UUID;

/**
 * The service has disabled an endpoint by itself, in the transaction that is under way.
 *
 * @param organizationId whose it is
 * @param id the endpoint
 * @param reason why
 */
record EndpointDisabled(UUID organizationId, UUID id, String reason) {

}
