package dev.triggers.trace;

import java.net.URI;
import java.util.UUID;

/**
 * What an attempt is made of, as its span tells it. The path of the URL stays out: it may
 * be what lets a sender in.
 *
 * @param eventId the event
 * @param type its type
 * @param endpointId the endpoint
 * @param url where it goes
 * @param number counts the attempts of the delivery
 * @param bytes the payload's size
 */
public record AttemptTarget(UUID eventId, String type, UUID endpointId, URI url, int number, int bytes) {

}
