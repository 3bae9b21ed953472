package dev.triggers.placement;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.CellSurvey;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.placement.PlaceRepository.Noted;
import dev.triggers.placement.PlaceRepository.Told;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Component;

/**
 * Where the organizations of external ids are that are asked for here: one cell is asked
 * for each, wherever its organization lives, so that there is one of each.
 */
@Component
class Places {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Cells cells;

    private final CellSurvey survey;

    private final CellMessages messages;

    private final PlaceRepository rows;

    private final String all;

    /** Those that have told here all that they have. */
    private final Set<String> complete = ConcurrentHashMap.newKeySet();

    Places(Cells cells, CellSurvey survey, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.survey = survey;
        this.messages = messages;
        this.rows = rows;
        this.all = String.join(",", cells.all());
    }

    /** All cells, as those who tell name them. */
    String all() {
        return this.all;
    }

    boolean livesHere(String externalId) {
        return this.rows.livesHere(externalId);
    }

    /**
     * The digits of the cell in which the organization of an external id is, or is to be
     * made. Until another cell has told here what it has, it is asked.
     * @throws ProblemException 503 if that one does not answer
     */
    String find(String externalId) {
        if (this.rows.livesHere(externalId)) {
            return this.cells.here();
        }
        Noted noted = this.rows.find(externalId).orElse(null);
        if (noted == null) {
            return ask(externalId, this.cells.others().stream().filter((cell) -> !hasToldAll(cell.digits())).toList());
        }
        if (!noted.gone()) {
            return noted.cell();
        }
        // It may have been made there again
        OtherCell before = this.cells.other(noted.cell());
        return (before != null) ? ask(externalId, List.of(before)) : this.cells.here();
    }

    private String ask(String externalId, Collection<OtherCell> some) {
        OtherCell found = this.survey.first(some,
                (cell) -> Boolean.TRUE.equals(this.messages
                    .ask(cell, PlacementController.KNOWN, new PlacementController.Question(externalId), PATIENCE)
                    .flag("known")));
        if (found == null) {
            return this.cells.here();
        }
        this.rows.note(List.of(externalId), found.digits());
        return found.digits();
    }

    private boolean hasToldAll(String cell) {
        if (!this.complete.contains(cell) && this.rows.told(cell, this.all).filter(Told::complete).isPresent()) {
            this.complete.add(cell);
        }
        return this.complete.contains(cell);
    }

    /**
     * Lets a request pass that another cell sent here for an organization of an external
     * id.
     * @throws ProblemException 409 if it is known to be in yet another one
     */
    void requireNotElsewhere(String externalId) {
        if (!this.rows.livesHere(externalId)) {
            this.rows.find(externalId).filter((noted) -> !noted.gone()).ifPresent((noted) -> {
                throw ProblemException.of(ProblemKind.CONFLICT,
                        "The organization of this external_id lives in cell " + noted.cell() + "; try again");
            });
        }
    }

}
