package dev.triggers.client;

import java.util.List;

/**
 * What came of it.
 *
 * @param handled how often a handler returned
 * @param failed how often one threw
 * @param acknowledged how many events the service was told of
 * @param poison events that were given up
 * @param unacknowledged events that were handled, but the service could not be told: they will come again
 */
public record Consumed(int handled, int failed, int acknowledged, List<String> poison, List<String> unacknowledged) {
}
