package dev.triggers.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Ingest.
 *
 * @param createdStatus status that answers an accepted event
 * @param bufferEvents events that may wait for their commit
 * @param bufferSize bytes that may wait for their commit
 * @param batchEvents rows of one commit at the most
 * @param writers commits under way at once
 */
@Validated
@ConfigurationProperties("triggers.event")
record EventProperties(@DefaultValue("201") @Min(201) @Max(202) int createdStatus,
        @DefaultValue("4096") @Min(1) int bufferEvents, @DefaultValue("8MB") DataSize bufferSize,
        @DefaultValue("500") @Min(1) @Max(5000) int batchEvents, @DefaultValue("2") @Min(1) @Max(16) int writers) {

}
