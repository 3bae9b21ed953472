package dev.triggers.webhook;

import java.util.List;

/**
 * What the requests to an endpoint were made of at some time.
 *
 * @param url where they went
 * @param headerNames the names of its own headers; their values are kept nowhere
 * @param secretIds the identifiers of the secrets that signed, newest first
 */
public record EndpointRevision(String url, List<String> headerNames, List<String> secretIds) {

}
