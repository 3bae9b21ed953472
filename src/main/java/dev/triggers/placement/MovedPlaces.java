package dev.triggers.placement;

import java.time.Duration;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import org.springframework.stereotype.Component;

/**
 * Has the cell that is asked for an external id know where its organization has gone.
 */
@Component
public class MovedPlaces {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Cells cells;

    private final CellMessages messages;

    private final PlaceRepository rows;

    MovedPlaces(Cells cells, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.messages = messages;
        this.rows = rows;
    }

    /**
     * Tells it.
     * @param cell the digits of the cell that the organization lives in now
     * @throws dev.triggers.web.ProblemException 503 if the cell does not answer
     */
    public void tell(String externalId, String cell) {
        OtherCell authority = this.cells.other(ExternalIds.authority(externalId, this.cells.all()));
        if (authority == null) {
            note(externalId, cell);
        }
        else {
            this.messages.ask(authority, PlacementController.MOVED, new PlacementController.Moved(externalId, cell),
                    PATIENCE);
        }
    }

    void note(String externalId, String cell) {
        this.rows.replace(externalId, cell, this.cells.here());
    }

}
