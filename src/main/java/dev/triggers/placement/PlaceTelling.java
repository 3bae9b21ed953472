package dev.triggers.placement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.placement.PlaceRepository.Known;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells each other cell of the organizations that live here though it is the other that
 * is asked for their external ids: those from before there was that cell. It goes on
 * where it was when an instance, or the other cell, was away. What others told is
 * forgotten when they have it no more.
 */
@Component
class PlaceTelling {

    private static final Logger logger = LoggerFactory.getLogger(PlaceTelling.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int PAGE = 200;

    private final Cells cells;

    private final Places places;

    private final CellMessages messages;

    private final PlaceRepository rows;

    /** By the digits of a cell, the last of the organizations of which it was told. */
    private final Map<String, UUID> told = new ConcurrentHashMap<>();

    PlaceTelling(Cells cells, Places places, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.places = places;
        this.messages = messages;
        this.rows = rows;
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT10S")
    void tell() {
        for (OtherCell cell : this.cells.others()) {
            try {
                tell(cell);
            }
            catch (ProblemException ex) {
                logger.debug("Cell {} cannot be told yet what is here: {}", cell, ex.message());
            }
        }
    }

    private void tell(OtherCell cell) {
        UUID known = this.told.get(cell.digits());
        UUID until = (known != null) ? known : ask(cell);
        boolean complete = false;
        while (!complete) {
            List<Known> next = this.rows.after(until, PAGE);
            complete = next.size() < PAGE;
            until = next.isEmpty() ? until : next.getLast().id();
            List<String> theirs = next.stream()
                .map(Known::externalId)
                .filter((id) -> ExternalIds.authority(id, this.cells.all()).equals(cell.digits()))
                .toList();
            if (known == null || !theirs.isEmpty()) {
                this.messages.ask(cell, PlacementController.TELL,
                        new PlacementController.Telling(this.cells.here(), this.places.all(), theirs, until, complete),
                        PATIENCE);
            }
            if (known != null || complete) {
                // Before, the other has to hear of the end as well
                this.told.put(cell.digits(), until);
            }
        }
    }

    /**
     * What was erased elsewhere is not to be known here by its external id any longer.
     */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void forget() {
        for (OtherCell cell : this.cells.others()) {
            try {
                forget(cell);
            }
            catch (ProblemException ex) {
                logger.debug("Cell {} cannot be asked now what it still has: {}", cell, ex.message());
            }
        }
    }

    private void forget(OtherCell cell) {
        List<String> noted = this.rows.noted(cell.digits(), "", PAGE);
        while (!noted.isEmpty()) {
            List<String> gone = this.messages
                .ask(cell, PlacementController.MISSING, new PlacementController.Questions(noted), PATIENCE)
                .texts("external_ids");
            if (gone != null) {
                this.rows.remove(gone, cell.digits());
            }
            noted = this.rows.noted(cell.digits(), noted.getLast(), PAGE);
        }
    }

    private UUID ask(OtherCell cell) {
        JsonFields answer = this.messages.ask(cell, PlacementController.TOLD,
                new PlacementController.Teller(this.cells.here(), this.places.all()), PATIENCE);
        return PathId.parse("until", answer.requiredText("until"));
    }

}
