package dev.triggers.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What happened around the deliveries of an event, by endpoint.
 *
 * @param created when endpoints were registered
 * @param redelivered when the event was sent again by hand
 * @param recovered when all that had failed at an endpoint was sent again, this event
 * perhaps included
 * @param circuits when circuits opened and closed
 */
record Moments(Map<UUID, Instant> created, List<At> redelivered, List<At> recovered, List<Circuit> circuits) {

    /**
     * A time of an endpoint.
     *
     * @param endpointId the endpoint
     * @param at when
     */
    record At(UUID endpointId, Instant at) {

    }

    /**
     * A change of an endpoint's circuit.
     *
     * @param endpointId the endpoint
     * @param at when
     * @param open whether it opened
     */
    record Circuit(UUID endpointId, Instant at, boolean open) {

    }

}
