package dev.triggers.event;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Ingest.
 *
 * @param createdStatus status that answers an accepted event
 * @param bufferEvents events that may wait for their commit
 * @param bufferSize bytes that may wait for their commit
 * @param batchEvents rows of one commit at the most
 * @param writers commits under way at once
 */
@ConfigurationProperties("triggers.event")
record EventProperties(@DefaultValue("201") int createdStatus, @DefaultValue("4096") int bufferEvents,
        @DefaultValue("8MB") DataSize bufferSize, @DefaultValue("500") int batchEvents,
        @DefaultValue("2") int writers) {

    EventProperties {
        ConfigurationException.requireBetween("EVENT_CREATED_STATUS", createdStatus, 201, 202);
        ConfigurationException.requireBetween("triggers.event.buffer-events", bufferEvents, 1, 1_000_000);
        ConfigurationException.requireBetween("triggers.event.batch-events", batchEvents, 1, 5000);
        ConfigurationException.requireBetween("triggers.event.writers", writers, 1, 16);
    }

}
