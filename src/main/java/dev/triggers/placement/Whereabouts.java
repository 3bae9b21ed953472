package dev.triggers.placement;

import java.time.Duration;
import java.util.UUID;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.CellSurvey;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which cell has what the operator names by its id, which does not tell.
 */
@Component
class Whereabouts {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Cells cells;

    private final CellSurvey survey;

    private final CellMessages messages;

    private final PlaceRepository rows;

    Whereabouts(Cells cells, CellSurvey survey, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.survey = survey;
        this.messages = messages;
        this.rows = rows;
    }

    boolean isHere(UUID id) {
        return this.rows.has(id);
    }

    /**
     * The other cell that has an organization, or an erasure; null if this one has it, or
     * none does.
     * @throws ProblemException 503 if one that cannot be asked may have it
     */
    @Nullable OtherCell find(UUID id) {
        return (this.cells.others().isEmpty() || isHere(id)) ? null
                : this.survey.first(this.cells.others(), (cell) -> has(cell, id));
    }

    private boolean has(OtherCell cell, UUID id) {
        return Boolean.TRUE
            .equals(this.messages.ask(cell, PlacementController.HAS, new PlacementController.Named(id), PATIENCE)
                .flag("known"));
    }

}
