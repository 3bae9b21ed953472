package dev.triggers.move;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.triggers.key.Cell;
import dev.triggers.move.ArrivalRepository.Arrival;
import dev.triggers.move.DepartureRepository.Counts;
import dev.triggers.organization.Erasures;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what another cell sends of an organization. Whatever is sent may come twice;
 * what comes late of a fence that was given up is refused.
 */
@Service
class OrganizationArrivals {

    private final ArrivalRepository rows;

    private final Erasures erasures;

    private final Cell here;

    OrganizationArrivals(ArrivalRepository rows, Erasures erasures, Cell here) {
        this.rows = rows;
        this.erasures = erasures;
        this.here = here;
    }

    /**
     * Makes room for an organization, if there is nothing of it left.
     * @param generation the generation of the source's log
     * @return false if there is, for now
     * @throws ProblemException 409 if it lives here
     */
    @Transactional
    boolean begin(UUID moveId, UUID organizationId, String source, int generation) {
        Arrival arrival = this.rows.lock(organizationId).orElse(null);
        if (arrival != null && arrival.isOf(moveId) && arrival.refused()) {
            throw stale();
        }
        if (arrival == null || !arrival.isOf(moveId)) {
            if (arrival != null && !arrival.arrived() && !arrival.refused()) {
                throw ProblemException.of(ProblemKind.CONFLICT, "Another move of the organization is under way");
            }
            if (this.rows.isBusy(organizationId)) {
                return false;
            }
            String home = this.rows.home(organizationId, this.here.digits()).orElse(null);
            if (home != null) {
                throw ProblemException.of(ProblemKind.CONFLICT,
                        this.here.digits().equals(home) ? "The organization lives in the cell that it is to move to"
                                : "The cell that the organization is to move to has rows of it that nobody removes");
            }
            this.rows.insert(organizationId, moveId, source);
        }
        requireGeneration(generation);
        return true;
    }

    private void requireGeneration(int source) {
        if (this.rows.generation() <= source) {
            this.rows.raiseGeneration(source + 1);
        }
    }

    UUID oldest() {
        return this.rows.oldest();
    }

    /**
     * @throws ProblemException 409 if the source has columns that are not known here
     */
    void requireColumns(MovedTable table, List<String> columns) {
        Set<String> unknown = this.rows.unknown(table, columns);
        if (!unknown.isEmpty()) {
            throw ProblemException.of(ProblemKind.CONFLICT, "The cell that the organization is to move to is of an "
                    + "older version, and has no " + table.sql() + "." + unknown.iterator().next());
        }
    }

    /**
     * Stores rows of the history, on the way or late.
     */
    @Transactional
    void store(UUID moveId, UUID organizationId, MovedTable table, List<String> columns, String content) {
        Arrival arrival = this.rows.lock(organizationId).orElse(null);
        if (arrival == null || !arrival.isOf(moveId) || arrival.complete()) {
            throw stale();
        }
        if (arrival.arrived() && table == MovedTable.DELIVERY_ATTEMPTS) {
            this.rows.endDelivered(content);
        }
        this.rows.store(table, columns, content, arrival.arrived());
    }

    /**
     * Stores what there is of some events.
     * @param turn counts the source's processes that went on with the move
     */
    @Transactional
    void replace(UUID moveId, UUID organizationId, int turn, MovedTable table, List<String> columns, EventRange range,
            String content) {
        Arrival arrival = require(moveId, organizationId, false);
        if (turn < arrival.turn()) {
            throw stale();
        }
        this.rows.beginTurn(organizationId, turn);
        this.rows.replace(organizationId, table, columns, range, content);
    }

    /**
     * Begins to take parcels of a fence, once nothing is left of the one before.
     * @return false if there is some, of which a part was removed
     */
    @Transactional
    boolean beginFence(UUID moveId, UUID organizationId, int fence, int generation) {
        Arrival arrival = require(moveId, organizationId, false);
        if (fence < arrival.fence()) {
            throw stale();
        }
        requireGeneration(generation);
        if (arrival.fence() > 0 && !this.rows.removeState(organizationId)) {
            return false;
        }
        this.rows.beginFence(organizationId, fence);
        return true;
    }

    /**
     * Stores a parcel, the next of its fence, or of those that come when the organization
     * has arrived.
     * @param fence 0: it has arrived
     * @param range the events that it is all of; null: it comes on top
     */
    @Transactional
    void store(UUID moveId, UUID organizationId, int fence, int number, MovedTable table, List<String> columns,
            @Nullable EventRange range, String content) {
        Arrival arrival = require(moveId, organizationId, fence == 0);
        if (fence != 0 && fence != arrival.fence()) {
            throw stale();
        }
        if (number > arrival.parcels()) {
            throw ProblemException.of(ProblemKind.CONFLICT, "A parcel is missing");
        }
        if (number == arrival.parcels()) {
            if (range != null) {
                this.rows.replace(organizationId, table, columns, range, content);
            }
            else {
                this.rows.store(table, columns, content, fence == 0);
            }
            this.rows.countParcel(organizationId);
        }
    }

    /**
     * Lets the organization live here, once all parcels of the fence are there.
     */
    @Transactional
    void settle(UUID moveId, UUID organizationId, int fence, int parcels, long floor) {
        Arrival arrival = this.rows.lock(organizationId).orElse(null);
        if (arrival == null || !arrival.isOf(moveId) || arrival.refused()) {
            throw stale();
        }
        if (arrival.arrived()) {
            return;
        }
        if (fence != arrival.fence() || parcels != arrival.parcels() || !this.rows.isBelow(organizationId)
                || !this.rows.settle(organizationId, floor)) {
            throw stale();
        }
    }

    /** Nothing more will come. */
    @Transactional
    void complete(UUID moveId, UUID organizationId) {
        if (this.rows.lock(organizationId).filter((arrival) -> arrival.isOf(moveId)).isPresent()) {
            this.rows.complete(organizationId);
        }
    }

    Counts counts(UUID organizationId, UUID oldest, long below) {
        return this.rows.counts(organizationId, oldest, below);
    }

    /**
     * Removes what has come of an organization that does not come after all.
     */
    @Transactional
    void drop(UUID moveId, UUID organizationId) {
        Arrival arrival = this.rows.lock(organizationId).orElse(null);
        if (arrival != null && !arrival.refused()) {
            if (!arrival.isOf(moveId)) {
                return;
            }
            if (arrival.arrived()) {
                throw ProblemException.of(ProblemKind.CONFLICT, "The organization has arrived");
            }
            this.erasures.sweep(organizationId);
        }
        this.rows.refuse(organizationId, moveId);
    }

    void noteTokens(List<String> tokens, List<String> expiries, String cell) {
        this.rows.noteTokens(tokens, expiries, cell);
    }

    private Arrival require(UUID moveId, UUID organizationId, boolean arrived) {
        Arrival arrival = this.rows.lock(organizationId).orElse(null);
        if (arrival == null || !arrival.isOf(moveId) || arrival.refused() || arrival.arrived() != arrived) {
            throw stale();
        }
        return arrival;
    }

    private static ProblemException stale() {
        return ProblemException.of(ProblemKind.CONFLICT, "This is of a move, or of a fence, that was given up");
    }

}
