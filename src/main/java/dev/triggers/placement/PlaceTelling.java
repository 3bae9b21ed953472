package dev.triggers.placement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.placement.PlaceRepository.Known;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells each other cell of the organizations that live here though it is the other that
 * is asked for their external ids: those from before there was that cell. It goes on
 * where it was when an instance, or the other cell, was away. What others told is
 * forgotten when they have it no more. All at a fixed rate: tasks with a fixed delay
 * share a thread.
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

    private final ReentrantLock busy = new ReentrantLock();

    /** By the digits of a cell, the last of the organizations of which it was told. */
    private final Map<String, UUID> told = new ConcurrentHashMap<>();

    PlaceTelling(Cells cells, Places places, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.places = places;
        this.messages = messages;
        this.rows = rows;
    }

    @Scheduled(initialDelayString = "PT1S", fixedRateString = "PT10S")
    void tell() {
        if (this.busy.tryLock()) {
            try {
                each(this::tell);
            }
            finally {
                this.busy.unlock();
            }
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedRateString = "PT1H")
    void forget() {
        each(this::forget);
    }

    private void each(Consumer<OtherCell> action) {
        for (OtherCell cell : this.cells.others()) {
            try {
                action.accept(cell);
            }
            catch (ProblemException ex) {
                // It may know less than is remembered here
                this.told.remove(cell.digits());
                logger.debug("Cell {} cannot be spoken to now: {}", cell, ex.message());
            }
            catch (DataAccessException | TransactionException ex) {
                logger.debug("What cell {} is told cannot be read now: {}", cell, ex.getMessage());
            }
        }
    }

    private void tell(OtherCell cell) {
        UUID known = this.told.get(cell.digits());
        UUID until = (known != null) ? known : ask(cell);
        boolean complete = false;
        while (!complete) {
            UUID from = until;
            List<Known> next = this.rows.after(from, PAGE);
            complete = next.size() < PAGE;
            until = next.isEmpty() ? from : next.getLast().id();
            if (known == null || !next.isEmpty()) {
                List<String> theirs = next.stream()
                    .map(Known::externalId)
                    .filter((id) -> ExternalIds.authority(id, this.cells.all()).equals(cell.digits()))
                    .toList();
                this.messages.ask(cell, PlacementController.TELL, new PlacementController.Telling(this.cells.here(),
                        this.places.all(), theirs, from, until, complete), PATIENCE);
            }
        }
        this.told.put(cell.digits(), until);
    }

    private UUID ask(OtherCell cell) {
        JsonFields answer = this.messages.ask(cell, PlacementController.TOLD,
                new PlacementController.Teller(this.cells.here(), this.places.all()), PATIENCE);
        return PathId.parse("until", answer.requiredText("until"));
    }

    private void forget(OtherCell cell) {
        List<String> noted = this.rows.noted(cell.digits(), "", PAGE);
        while (!noted.isEmpty()) {
            List<String> gone = this.messages
                .ask(cell, PlacementController.MISSING, new PlacementController.Questions(noted), PATIENCE)
                .texts("external_ids");
            if (gone != null && !gone.isEmpty()) {
                this.rows.forget(gone, cell.digits());
            }
            noted = this.rows.noted(cell.digits(), noted.getLast(), PAGE);
        }
    }

}
