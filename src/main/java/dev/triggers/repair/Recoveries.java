package dev.triggers.repair;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
     * Begins a recovery; the same one again while it is under way.
     */
    Recovery recover(UUID organizationId, UUID endpointId, Instant since) {
        for (Replay replay : this.repository.recoveries(organizationId, endpointId)) {
            if (replay.isRunning() && replay.order().filter().since().equals(since)) {
                return Recovery.of(replay);
            }
        }
        // Ids of this millisecond are behind it
        Instant until = this.clock.instant().plusMillis(1);
        ReplayFilter filter = new ReplayFilter(endpointId, null, ReplayOutcome.FAILED, null, since, until);
        return Recovery.of(this.desk.begin(ReplayOrder.recovery(organizationId, filter)));
    }

    List<Recovery> list(UUID organizationId, UUID endpointId) {
        return this.repository.recoveries(organizationId, endpointId).stream().map(Recovery::of).toList();
    }

}
