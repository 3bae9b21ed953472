package dev.triggers.client;

/**
 * An event that is stored.
 *
 * @param id of the stored event
 * @param dedupId that it was sent with, or null
 * @param repeated whether an earlier request of this call had stored it already
 */
public record Sent(String id, String dedupId, boolean repeated) {
}
