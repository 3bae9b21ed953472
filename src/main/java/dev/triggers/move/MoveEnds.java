package dev.triggers.move;

import java.util.UUID;

import dev.triggers.organization.Erasures;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends moves: what is left here goes in the transaction that says so.
 */
@Service
class MoveEnds {

    private final MoveRepository moves;

    private final Erasures erasures;

    MoveEnds(MoveRepository moves, Erasures erasures) {
        this.moves = moves;
        this.erasures = erasures;
    }

    /**
     * Ends a move of an organization that lives in the target.
     * @throws MoveTakenException if another process has
     */
    @Transactional
    void finish(Departure move, UUID worker) {
        this.moves.finished(move.id(), worker);
        this.erasures.sweep(move.organizationId());
    }

}
