package dev.triggers.organization;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The whole service, from estimates and counters of the database: what it costs to look
 * does not depend on how much there is.
 *
 * @param organizations organizations
 * @param openDeliveries deliveries that are not done
 * @param oldestDueAt since when the oldest delivery has been due that may be sent
 * @param circuitsOpen circuits that are open
 * @param instances instances on the database
 * @param versions the newest versions that have sent
 * @param days what is kept, by the day of the event, the newest first
 * @param backlog the organizations with the most open deliveries
 */
record ServiceStatistics(@Schema(description = "Estimated") long organizations,
        @Schema(description = "Estimated") long openDeliveries,
        @Schema(description = "Of the first 1,000 endpoints that have any; null: none is due") @Nullable Instant oldestDueAt,
        @Schema(description = "10,000: or more") int circuitsOpen, int instances, List<String> versions, List<Day> days,
        @Schema(description = "At most 10, from a sample that the database took") List<Backlog> backlog) {

    /**
     * A day of history.
     *
     * @param day the day, of UTC
     * @param events its events
     * @param bytes what it takes of the disk, with attempts, acknowledgements and indexes
     */
    @Schema(name = "KeptDay")
    record Day(LocalDate day, @Schema(description = "Estimated") long events, long bytes) {

    }

    /**
     * Much that is open of one organization.
     *
     * @param organizationId the organization
     * @param name its name
     * @param openDeliveries deliveries that are not done
     */
    @Schema(name = "OrganizationBacklog")
    record Backlog(UUID organizationId, String name, @Schema(description = "Estimated") long openDeliveries) {

    }

}
