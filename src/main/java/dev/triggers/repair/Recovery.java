package dev.triggers.repair;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The re-queuing of all that failed at an endpoint since some time: a replay.
 *
 * @param id the recovery, and the replay
 * @param endpointId the endpoint
 * @param since events accepted before are left alone
 * @param requeued deliveries that are due again, so far
 * @param requestedAt when it was asked for
 * @param finishedAt when nothing was left; null while it is under way
 */
record Recovery(UUID id, UUID endpointId, Instant since, int requeued, Instant requestedAt,
        @Nullable Instant finishedAt) {

    static Recovery of(Replay replay) {
        ReplayFilter filter = replay.order().filter();
        return new Recovery(replay.id(), Objects.requireNonNull(filter.endpointId()), filter.since(), replay.requeued(),
                replay.requestedAt(), replay.finishedAt());
    }

    public String getStatus() {
        return (this.finishedAt == null) ? "running" : "finished";
    }

}
