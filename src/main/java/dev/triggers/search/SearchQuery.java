package dev.triggers.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;

/**
 * What to search for: all of its clauses hold.
 *
 * @param clauses the clauses
 * @param since when events were accepted, at the earliest
 * @param until before when
 */
record SearchQuery(List<Clause> clauses, @Nullable Instant since, @Nullable Instant until) {

    private static final UUID FIRST = new UUID(0, 0);

    private static final UUID LAST = new UUID(-1, -1);

    /** The lowest identifier that is looked at. */
    UUID low() {
        UUID id = wantedId();
        return (id != null) ? id : (this.since != null) ? UuidV7.floor(this.since) : FIRST;
    }

    /** What follows the highest one. */
    UUID high() {
        UUID id = wantedId();
        if (id != null) {
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1);
        }
        return (this.until != null) ? UuidV7.floor(this.until) : LAST;
    }

    private @Nullable UUID wantedId() {
        return wanted(Term.Id.class).stream().findFirst().map(Term.Id::id).orElse(null);
    }

    /** A range of types beside which no event matches; null: there is none. */
    @Nullable TypeFilter type() {
        return wanted(Term.Type.class).stream().findFirst().map(Term.Type::filter).orElse(null);
    }

    @Nullable String dedupId() {
        return wanted(Term.Dedup.class).stream().findFirst().map(Term.Dedup::dedupId).orElse(null);
    }

    boolean wantsDead() {
        return wanted(Term.Status.class).stream().anyMatch((term) -> term.status().equals("failed"));
    }

    boolean wantsOpen() {
        return wanted(Term.Status.class).stream()
            .anyMatch((term) -> term.status().equals("pending") || term.status().equals("retrying"));
    }

    /**
     * Texts that the payload of an event that matches contains, unless it spells them
     * with escapes.
     */
    List<String> needles() {
        return wanted(Term.OfPayload.class).stream().flatMap((term) -> term.needles().stream()).distinct().toList();
    }

    private <T extends Term> List<T> wanted(Class<T> kind) {
        return this.clauses.stream()
            .filter((clause) -> !clause.negated())
            .map(Clause::term)
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
    }

    boolean asksForDeliveries() {
        return this.clauses.stream().anyMatch((clause) -> clause.term() instanceof Term.OfDeliveries);
    }

    boolean asksForPayload() {
        return this.clauses.stream().anyMatch((clause) -> clause.term() instanceof Term.OfPayload);
    }

    boolean holdsForEvent(String type, @Nullable String dedupId, UUID id) {
        return this.clauses.stream()
            .allMatch((clause) -> !(clause.term() instanceof Term.OfEvent term)
                    || clause.accepts(term.holds(type, dedupId, id)));
    }

    boolean holdsForDeliveries(Facts facts) {
        return this.clauses.stream()
            .allMatch((clause) -> !(clause.term() instanceof Term.OfDeliveries term)
                    || clause.accepts(term.holds(facts)));
    }

    boolean holdsForPayload(String payload) {
        List<Clause> asked = this.clauses.stream().filter((clause) -> clause.term() instanceof Term.OfPayload).toList();
        List<Term.OfPayload> terms = new ArrayList<>();
        asked.forEach((clause) -> terms.add((Term.OfPayload) clause.term()));
        boolean[] found = PayloadMatcher.find(payload, terms);
        for (int i = 0; i < found.length; i++) {
            if (!asked.get(i).accepts(found[i])) {
                return false;
            }
        }
        return true;
    }

}
