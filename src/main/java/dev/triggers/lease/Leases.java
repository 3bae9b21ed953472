package dev.triggers.lease;

import java.time.Duration;
import java.util.function.IntPredicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.inbox.LongPoll;
import dev.triggers.inbox.ReadGate;
import org.springframework.stereotype.Component;

/**
 * Gives events to consumers, each to one at a time.
 */
@Component
class Leases {

    /** Nothing signals that a lease has run out. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    /** After a start, what is leased has to be passed over once. */
    private static final int MOST_ROUNDS = 12;

    private static final int MOST_POSITIONS = 10_000;

    private final Cache<LeaseFilter, Position> positions = Caffeine.newBuilder()
        .maximumSize(MOST_POSITIONS)
        .expireAfterAccess(Duration.ofHours(1))
        .executor(Runnable::run)
        .build();

    private final Leasing leasing;

    private final LongPoll poll;

    private final ReadGate gate;

    private final OrganizationTurns turns;

    private final LeaseMetrics metrics;

    Leases(Leasing leasing, LongPoll poll, ReadGate gate, OrganizationTurns turns, LeaseMetrics metrics) {
        this.leasing = leasing;
        this.poll = poll;
        this.gate = gate;
        this.turns = turns;
        this.metrics = metrics;
    }

    LeaseAnswer lease(LeaseRequest request, IntPredicate budget) throws InterruptedException {
        LeaseAnswer answer = this.poll.find(request.organizationId(), request.patience(), RECHECK,
                () -> this.turns.take(request.organizationId(), () -> look(request, budget)), LeaseAnswer::isEmpty);
        this.metrics.leased(answer);
        return answer;
    }

    private LeaseAnswer look(LeaseRequest request, IntPredicate budget) throws InterruptedException {
        for (int rounds = 1;; rounds++) {
            Leasing.Round round = this.gate.read(() -> this.leasing.lease(request, position(request), budget));
            this.positions.put(request.filter(), round.next());
            this.metrics.ended(round.ended());
            if (!round.answer().isEmpty() || !round.more() || rounds == MOST_ROUNDS) {
                return round.answer();
            }
        }
    }

    private Position position(LeaseRequest request) {
        Position position = this.positions.getIfPresent(request.filter());
        return (position != null) ? position : Position.start();
    }

}
