package dev.triggers.move;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The move of an organization to another cell.
 *
 * @param id the move
 * @param organizationId the organization
 * @param from the cell that it comes from
 * @param to the cell that it goes to
 * @param state how far it is
 * @param requestedAt when it was asked for
 * @param finishedAt when it was over
 * @param pass how often the history was gone through, each time for what had come
 * meanwhile
 * @param rows rows that were copied
 * @param unavailableMs milliseconds for which nothing was stored of the organization;
 * null: not yet
 * @param problem why it waits, or was given up
 */
@Schema(name = "Move")
record Move(UUID id, UUID organizationId, String from, String to, @Schema(allowableValues = {
        "copying", "fenced", "switching", "switched", "finished", "cancelled" }) String state, Instant requestedAt,
        @Nullable Instant finishedAt, int pass, long rows, @Nullable Long unavailableMs, @Nullable String problem){
}
