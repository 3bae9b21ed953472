package dev.triggers.client;

/**
 * What happened.
 *
 * @param kind of it
 * @param data as {@link Json} reads it
 * @param cursor the log's position of an event.accepted, else null
 */
public record StreamEvent(String kind, Object data, String cursor) {
}
