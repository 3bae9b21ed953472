package dev.triggers.placement;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.cell.CellMessages;
import dev.triggers.key.Keyless;
import dev.triggers.placement.PlaceRepository.Told;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What other cells ask of this one's organizations, and tell of theirs.
 */
@Hidden
@RestController
class PlacementController {

    /** How many there are. */
    static final String COUNT = CellMessages.PREFIX + "organizations/count";

    /** Whether the one of an external id is here. */
    static final String KNOWN = CellMessages.PREFIX + "organizations/known";

    /** Which external ids are of no organization here. */
    static final String MISSING = CellMessages.PREFIX + "organizations/missing";

    /** Whether an organization, or an erasure, is here. */
    static final String HAS = CellMessages.PREFIX + "organizations/has";

    /** In which cell the one of an external id is, or is to be made. */
    static final String FIND = CellMessages.PREFIX + "places/find";

    /** How far a cell has told what it has. */
    static final String TOLD = CellMessages.PREFIX + "places/told";

    /** What a cell has. */
    static final String TELL = CellMessages.PREFIX + "places";

    /** Where the one of an external id has gone. */
    static final String MOVED = CellMessages.PREFIX + "places/moved";

    private final CellMessages messages;

    private final CellChoice choice;

    private final Places places;

    private final Whereabouts whereabouts;

    private final PlaceRepository rows;

    private final MovedPlaces moved;

    PlacementController(CellMessages messages, CellChoice choice, Places places, Whereabouts whereabouts,
            PlaceRepository rows, MovedPlaces moved) {
        this.moved = moved;
        this.messages = messages;
        this.choice = choice;
        this.places = places;
        this.whereabouts = whereabouts;
        this.rows = rows;
    }

    @PostMapping(COUNT)
    @Keyless
    Count count(HttpServletRequest request) {
        this.messages.receive(request);
        return new Count(this.choice.here());
    }

    @PostMapping(KNOWN)
    @Keyless
    Known known(HttpServletRequest request) {
        return new Known(this.places.livesHere(this.messages.receive(request).requiredText("external_id")));
    }

    @PostMapping(MISSING)
    @Keyless
    Questions missing(HttpServletRequest request) {
        List<String> asked = this.messages.receive(request).texts("external_ids");
        return new Questions(this.rows.missing(Objects.requireNonNullElse(asked, List.of())));
    }

    @PostMapping(HAS)
    @Keyless
    Known has(HttpServletRequest request) {
        return new Known(
                this.whereabouts.isHere(PathId.parse("id", this.messages.receive(request).requiredText("id"))));
    }

    @PostMapping(FIND)
    @Keyless
    Place find(HttpServletRequest request) {
        return new Place(this.places.find(this.messages.receive(request).requiredText("external_id")));
    }

    @PostMapping(TOLD)
    @Keyless
    Told told(HttpServletRequest request) {
        JsonFields asked = this.messages.receive(request);
        requireSameCells(asked);
        return this.rows.told(asked.requiredText("cell"), this.places.all()).orElse(Told.NOTHING);
    }

    @PostMapping(TELL)
    @Keyless
    Told tell(HttpServletRequest request) {
        JsonFields told = this.messages.receive(request);
        requireSameCells(told);
        String cell = told.requiredText("cell");
        Told before = this.rows.told(cell, this.places.all()).orElse(Told.NOTHING);
        // After a restore less may be known here than was told
        if (told.requiredText("from").compareTo(before.until().toString()) > 0) {
            throw ProblemException.of(ProblemKind.CONFLICT, "What was told before is not known here");
        }
        this.rows.note(Objects.requireNonNullElse(told.texts("external_ids"), List.of()), cell);
        Told until = new Told(PathId.parse("until", told.requiredText("until")),
                Boolean.TRUE.equals(told.flag("complete")));
        this.rows.setTold(cell, this.places.all(), until);
        return until;
    }

    @PostMapping(MOVED)
    @Keyless
    Known moved(HttpServletRequest request) {
        JsonFields told = this.messages.receive(request);
        this.moved.note(told.requiredText("external_id"), told.requiredText("cell"));
        return new Known(true);
    }

    /** Who knows of other cells than are known here asks others for an external id. */
    private void requireSameCells(JsonFields said) {
        if (!said.requiredText("cells").equals(this.places.all())) {
            throw ProblemException.of(ProblemKind.CONFLICT, "CELLS is another here");
        }
    }

    /**
     * Asks about an external id.
     *
     * @param externalId what its operator knows an organization by
     */
    record Question(String externalId) {
    }

    /**
     * Asks about external ids, or says which.
     *
     * @param externalIds the ids
     */
    record Questions(List<String> externalIds) {
    }

    /**
     * Asks about an organization, or an erasure.
     *
     * @param id its id
     */
    record Named(UUID id) {
    }

    /**
     * Asks how far a cell has told what it has.
     *
     * @param cell the one that asks
     * @param cells all that it knows of
     */
    record Teller(String cell, String cells) {
    }

    /**
     * Tells what a cell has.
     *
     * @param cell the one that tells
     * @param cells all that it knows of
     * @param externalIds of those of its organizations that the other is asked for
     * @param from the last of those of which it has told before
     * @param until the last that it looked at
     * @param complete whether that is the last that it has
     */
    record Telling(String cell, String cells, List<String> externalIds, UUID from, UUID until, boolean complete) {
    }

    /**
     * Tells where an organization has gone.
     *
     * @param externalId what its operator knows it by
     * @param cell the digits of the cell
     */
    record Moved(String externalId, String cell) {
    }

    /**
     * How many organizations there are.
     *
     * @param organizations so many
     */
    record Count(int organizations) {
    }

    /**
     * Whether one is here.
     *
     * @param known whether it is
     */
    record Known(boolean known) {
    }

    /**
     * Where one is.
     *
     * @param cell the digits
     */
    record Place(String cell) {
    }

}
