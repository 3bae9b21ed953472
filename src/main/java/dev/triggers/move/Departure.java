package dev.triggers.move;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A move as the cell that the organization leaves goes on with it.
 *
 * @param id the move
 * @param organizationId the organization
 * @param target the digits of the cell that it goes to
 * @param state how far it is
 * @param cancelled whether it is to end as soon as it can
 * @param pass the number of the pass over the history
 * @param since what is older was copied in earlier passes; null: there was none
 * @param sinceAt when that was so; null: there was none
 * @param horizon what is older will have been copied in this one; null: it has yet to
 * begin
 * @param generation the generation of the log that these two belong to
 * @param oldest events before it are not taken
 * @param step which table of the pass comes next
 * @param after the key of its last row that was sent; null: none was
 * @param passed rows that were copied in this pass
 * @param fence how many fences there were
 * @param counted whether what is added up is packed
 * @param turn counts the processes that went on with the move
 */
record Departure(UUID id, UUID organizationId, String target, MoveState state, boolean cancelled, int pass,
        @Nullable String since, @Nullable OffsetDateTime sinceAt, @Nullable String horizon, int generation, UUID oldest,
        int step, @Nullable List<String> after, long passed, int fence, boolean counted, int turn) {
}
