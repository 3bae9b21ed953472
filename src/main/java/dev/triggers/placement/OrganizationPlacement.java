package dev.triggers.placement;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.Forwarder;
import dev.triggers.cell.Hop;
import dev.triggers.cell.OtherCell;
import dev.triggers.key.Placement;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has each organization made in the cell where it is to live, whichever is asked. What
 * another cell sent here is made here.
 */
@Component
class OrganizationPlacement implements Placement {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Cells cells;

    private final Places places;

    private final CellChoice choice;

    private final Whereabouts whereabouts;

    private final CellMessages messages;

    private final Forwarder forwarder;

    private final Hop hop;

    OrganizationPlacement(Cells cells, Places places, CellChoice choice, Whereabouts whereabouts, CellMessages messages,
            Forwarder forwarder, Hop hop) {
        this.cells = cells;
        this.places = places;
        this.choice = choice;
        this.whereabouts = whereabouts;
        this.messages = messages;
        this.forwarder = forwarder;
        this.hop = hop;
    }

    @Override
    public boolean createdElsewhere(@Nullable String externalId, HttpServletRequest request,
            HttpServletResponse response, byte[] read) throws IOException {
        if (this.cells.others().isEmpty()) {
            return false;
        }
        if (this.hop.of(request) != null) {
            if (externalId != null) {
                this.places.requireNotElsewhere(externalId);
            }
            return false;
        }
        return (externalId != null) ? forward(home(externalId), request, response, read)
                : forwardToAny(request, response, read);
    }

    private boolean forward(String digits, HttpServletRequest request, HttpServletResponse response, byte[] read)
            throws IOException {
        if (digits.equals(this.cells.here())) {
            return false;
        }
        OtherCell cell = this.cells.other(digits);
        if (cell == null) {
            throw ProblemException.of(ProblemKind.CONFLICT,
                    "The organization of this external_id lives in cell " + digits + ", which CELLS does not name");
        }
        this.forwarder.forwardWithAdminToken(cell, request, response, read);
        return true;
    }

    /** To one that cannot be reached, the next ones do not go either. */
    private boolean forwardToAny(HttpServletRequest request, HttpServletResponse response, byte[] read)
            throws IOException {
        while (true) {
            String digits = this.choice.next();
            try {
                return forward(digits, request, response, read);
            }
            catch (ProblemException ex) {
                if (ex.kind() != ProblemKind.CELL_UNAVAILABLE) {
                    throw ex;
                }
                this.choice.skip(digits);
            }
        }
    }

    @Override
    public boolean answeredElsewhere(UUID organizationId, HttpServletRequest request, HttpServletResponse response,
            byte[] read) throws IOException {
        OtherCell cell = Hop.isMarked(request) ? null : this.whereabouts.find(organizationId);
        if (cell == null) {
            return false;
        }
        this.forwarder.forwardWithAdminToken(cell, request, response, read);
        return true;
    }

    private String home(String externalId) {
        if (this.places.livesHere(externalId)) {
            return this.cells.here();
        }
        OtherCell authority = this.cells.other(ExternalIds.authority(externalId, this.cells.all()));
        return (authority == null) ? this.places.find(externalId)
                : this.messages
                    .ask(authority, PlacementController.FIND, new PlacementController.Question(externalId), PATIENCE)
                    .requiredText("cell");
    }

}
