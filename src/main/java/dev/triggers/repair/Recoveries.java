package dev.triggers.repair;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.key.Caller;
import org.springframework.stereotype.Component;

/**
 * Recoveries of endpoints: replays of what is given up.
 */
@Component
class Recoveries {

    private final ReplayRepository repository;

    private final ReplayDesk desk;

    private final Clock clock;

    Recoveries(ReplayRepository repository, ReplayDesk desk, Clock clock) {
        this.repository = repository;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * Begins a recovery; the same one again while it is under way. An endpoint may have
     * failed events that it takes no more, and that the caller's key may not see.
     */
    Recovery recover(Caller caller, UUID endpointId, Instant since) {
        for (Replay replay : this.repository.recoveries(caller.organizationId(), endpointId)) {
            ReplayFilter filter = replay.order().filter();
            if (replay.isRunning() && filter.since().equals(since) && filter.visible().equals(caller.types())) {
                return Recovery.of(replay);
            }
        }
        // Ids of this millisecond are behind it
        Instant until = this.clock.instant().plusMillis(1);
        ReplayFilter filter = new ReplayFilter(endpointId, null, caller.types(), ReplayOutcome.FAILED, null, since,
                until);
        return Recovery.of(this.desk.begin(ReplayOrder.recovery(caller.organizationId(), filter)));
    }

    /**
     * Those that counted nothing that the caller's key may not see.
     */
    List<Recovery> list(Caller caller, UUID endpointId) {
        return this.repository.recoveries(caller.organizationId(), endpointId)
            .stream()
            .filter((replay) -> caller.types().cover(replay.order().filter().visible()))
            .map(Recovery::of)
            .toList();
    }

}
