package dev.triggers.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;

import dev.triggers.inbox.EventState;
import dev.triggers.inbox.InboxItem;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.lease.LeaseRepository.Taken;
import dev.triggers.lease.LeaseRepository.TakenEvent;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One round of leasing: a look at a bounded number of events, and a lease of those among
 * them that the consumer may have. Their texts are read before the lease is committed, so
 * that nothing is leased that is not answered but what the connection loses.
 */
@Component
class Leasing {

    /** An answer ends here, though more would fit its limit. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** What an event adds to an answer besides its texts, generously. */
    private static final int MEMBERS = 512;

    private final LeaseRepository leases;

    private final ItemRepository items;

    private final UuidV7 ids;

    Leasing(LeaseRepository leases, ItemRepository items, UuidV7 ids) {
        this.leases = leases;
        this.items = items;
        this.ids = ids;
    }

    /**
     * Leases what there is.
     * @param from the position that the last round left
     * @param budget takes the answer's share of memory, if it is to be had
     */
    @Transactional
    public Round lease(LeaseRequest request, Position from, IntPredicate budget) {
        UUID organizationId = request.organizationId();
        this.leases.lock(organizationId);
        Found found = this.leases.find(request.filter(), from, request.limit());
        Walk behind = (found.size() < request.limit() || from.isSweepDue())
                ? this.leases.behind(request.filter(), from, request.limit()) : null;
        List<UUID> candidates = found.oldest(behind, request.limit());
        Choice choice = choose(candidates, this.items.states(organizationId, candidates), found.received());
        if (!choice.gone.isEmpty()) {
            this.leases.forget(organizationId, choice.gone);
        }
        if (!choice.delivered.isEmpty()) {
            this.leases.putAside(organizationId, choice.delivered);
        }
        boolean more = found.ahead().cut() || found.free().cut() || choice.hasPassedSome()
                || candidates.size() == request.limit();
        return new Round(answer(request, choice, budget), from.after(found, behind, choice.done), more, found.ended());
    }

    private LeaseAnswer answer(LeaseRequest request, Choice choice, IntPredicate budget) {
        if (choice.events.isEmpty()) {
            return LeaseAnswer.NOTHING;
        }
        if (!budget.test(choice.bytes)) {
            throw ProblemException.unavailable("Too many large pages are being read", Duration.ofSeconds(1));
        }
        List<UUID> eventIds = choice.events.stream().map(EventState::eventId).toList();
        UUID leaseId = this.ids.next();
        Taken taken = this.leases.take(request, leaseId, eventIds);
        List<LeasedItem> items = new ArrayList<>(eventIds.size());
        for (EventState state : choice.events) {
            TakenEvent event = taken.events().get(state.eventId());
            if (event != null) {
                items.add(new LeasedItem(InboxItem.of(state, event.texts()), event.receives(), taken.leasedUntil()));
            }
        }
        return LeaseAnswer.of(leaseId, taken.leasedUntil(), items);
    }

    /** An event that was acknowledged or delivered since, or dropped, is nobody's. */
    private static Choice choose(List<UUID> candidates, Map<UUID, EventState> states, Set<UUID> received) {
        List<EventState> events = new ArrayList<>();
        List<UUID> gone = new ArrayList<>();
        List<UUID> delivered = new ArrayList<>();
        int bytes = 0;
        UUID done = null;
        for (UUID candidate : candidates) {
            EventState state = states.get(candidate);
            if (state == null || state.status().equals("delivered")) {
                if (received.contains(candidate)) {
                    (isGone(state) ? gone : delivered).add(candidate);
                }
            }
            else if (!events.isEmpty() && bytes + state.bytes() + MEMBERS > MOST_BYTES) {
                break;
            }
            else {
                bytes += state.bytes() + MEMBERS;
                events.add(state);
            }
            done = candidate;
        }
        return new Choice(events, gone, delivered, bytes, done);
    }

    /** An acknowledgement is for good; what was delivered may be delivered again. */
    private static boolean isGone(@Nullable EventState state) {
        return state == null || state.acknowledgedAt() != null;
    }

    /**
     * What became of candidates.
     *
     * @param events those that are leased
     * @param gone those that were leased before, and will not be again
     * @param delivered those that were leased before, and may be opened again
     * @param bytes what the answer will hold
     * @param done the last candidate that was looked at
     */
    private record Choice(List<EventState> events, List<UUID> gone, List<UUID> delivered, int bytes,
            @Nullable UUID done) {

        boolean hasPassedSome() {
            return !this.gone.isEmpty() || !this.delivered.isEmpty();
        }

    }

    /**
     * What a round gave.
     *
     * @param answer the events
     * @param next where the next round begins
     * @param more whether another round might find what this one did not look at
     * @param ended how many events' leases it found to have run out
     */
    record Round(LeaseAnswer answer, Position next, boolean more, int ended) {

    }

}
