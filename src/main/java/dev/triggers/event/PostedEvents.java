package dev.triggers.event;

import java.util.List;

/**
 * A batch as the API's description shows it.
 */
record PostedEvents(List<PostedEvent> events) {

}
