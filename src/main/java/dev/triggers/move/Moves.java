package dev.triggers.move;

import java.util.Map;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.cell.CellAgreement;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Service;

/**
 * Begins moves of organizations that live here, and calls them off.
 */
@Service
class Moves {

    static final String TOPIC = "move";

    private final MoveRepository rows;

    private final DepartureRepository departures;

    private final Cells cells;

    private final CellAgreement agreement;

    private final UuidV7 ids;

    private final AuditTrail audit;

    Moves(MoveRepository rows, DepartureRepository departures, Cells cells, CellAgreement agreement, UuidV7 ids,
            AuditTrail audit) {
        this.rows = rows;
        this.departures = departures;
        this.cells = cells;
        this.agreement = agreement;
        this.ids = ids;
        this.audit = audit;
    }

    /**
     * Begins a move. Asked for again, it is the same one.
     * @throws ProblemException 404 if there is no such organization, 422 if there is no
     * such cell, 409 if the organization is being erased, moves elsewhere, or if the cell
     * could not read what is written here
     */
    Move begin(UUID organizationId, String to) {
        OtherCell target = this.cells.other(to);
        if (target == null) {
            throw ProblemException.unprocessable("to", to.equals(this.cells.here())
                    ? "must be another cell: the organization lives in this one" : "must be a cell that CELLS names");
        }
        boolean erasing = this.departures.isErasing(organizationId)
            .orElseThrow(() -> ProblemException.notFound("Organization"));
        if (erasing) {
            throw ProblemException.of(ProblemKind.CONFLICT, "The organization is being erased");
        }
        if (this.departures.isArriving(organizationId)) {
            throw ProblemException.of(ProblemKind.CONFLICT,
                    "The organization has just moved here, and more comes of it");
        }
        this.agreement.require(target);
        UUID id = this.ids.next();
        if (this.rows.insert(id, organizationId, to)) {
            this.audit.note(organizationId, "organization.moved", id, null, Map.of("to", to));
        }
        Move move = this.rows.findOf(organizationId)
            .orElseThrow(
                    () -> ProblemException.of(ProblemKind.CONFLICT, "The move of the organization has just ended"));
        if (!move.to().equals(to)) {
            throw ProblemException.of(ProblemKind.CONFLICT, "The organization moves to cell " + move.to());
        }
        return move;
    }

    Move find(UUID id) {
        return this.rows.find(id).orElseThrow(() -> ProblemException.notFound("Move"));
    }

    /**
     * Calls a move off, which ends as soon as it can.
     * @throws ProblemException 409 if it is too late
     */
    Move cancel(UUID id) {
        this.rows.cancel(id);
        Move move = find(id);
        MoveState state = MoveState.parse(move.state());
        if (state != MoveState.COPYING && state != MoveState.FENCED && state != MoveState.CANCELLED) {
            throw ProblemException.of(ProblemKind.CONFLICT, "The organization has moved: move it back");
        }
        return move;
    }

}
