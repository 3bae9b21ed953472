package dev.triggers.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A replay, and how far it has come.
 *
 * @param id the replay
 * @param order what was asked for
 * @param matching how many deliveries its filter let through when it was asked for, as
 * far as was counted
 * @param capped whether there may be more
 * @param requeued deliveries that were opened
 * @param skipped deliveries that were open already, or need not or cannot be made
 * @param position how far it has come
 * @param state running, finished or cancelled
 * @param requestedAt when it was asked for
 * @param finishedAt when it ended
 */
record Replay(UUID id, ReplayOrder order, int matching, boolean capped, int requeued, int skipped, Pair position,
        String state, Instant requestedAt, @Nullable Instant finishedAt) {

    boolean isRunning() {
        return this.finishedAt == null;
    }

    View view(Instant now) {
        ReplayFilter filter = this.order.filter();
        return new View(this.id, this.state,
                new Filter(filter.endpointId(), filter.type(), filter.outcome().text(), filter.errorCode(),
                        filter.since(), filter.until()),
                this.order.sinceClamped(), this.order.toEndpointId(), this.order.again(), this.order.rate(),
                this.matching, this.capped, this.requeued, this.skipped, progress(), this.requestedAt, this.finishedAt,
                estimatedEnd(now));
    }

    /** The part of what was counted, or else of the time between since and until. */
    private double progress() {
        if (this.state.equals("finished")) {
            return 1;
        }
        if (!this.capped) {
            return (this.matching > 0) ? Math.min(1, (double) (this.requeued + this.skipped) / this.matching) : 0;
        }
        Instant since = this.order.filter().since();
        double all = Duration.between(since, this.order.filter().until()).toMillis();
        double past = Duration.between(since, UuidV7.instant(this.position.eventId())).toMillis();
        return (all > 0) ? Math.clamp(past / all, 0, 1) : 0;
    }

    private @Nullable Instant estimatedEnd(Instant now) {
        double progress = progress();
        if (!isRunning() || progress == 0) {
            return null;
        }
        double taken = Math.max(1, Duration.between(this.requestedAt, now).toMillis());
        return now.plusMillis((long) (taken * (1 - progress) / progress));
    }

    /**
     * What clients see of a replay.
     *
     * @param id the replay
     * @param state running, finished or cancelled
     * @param filter which deliveries
     * @param sinceClamped whether events from since on are not kept any more, so that the
     * filter begins later
     * @param toEndpointId where the events go, if not where they went before
     * @param again whether it sends there again what was received there
     * @param ratePerSecond the rate asked for
     * @param matching how many deliveries the filter let through when it was asked for
     * @param capped whether there may be more: 10,000 rows were looked at
     * @param requeued how many were opened so far
     * @param skipped how many were not, being open or delivered already, or their
     * endpoint gone
     * @param progress from 0 to 1
     * @param requestedAt when it was asked for
     * @param finishedAt when it ended
     * @param estimatedEnd when it will, as it looks now
     */
    @Schema(name = "Replay")
    record View(UUID id, @Schema(allowableValues = {
            "running", "finished", "cancelled" }) String state, Filter filter, boolean sinceClamped,
            @Nullable UUID toEndpointId, boolean again, @Nullable Integer ratePerSecond, int matching, boolean capped,
            int requeued, int skipped, double progress, Instant requestedAt, @Nullable Instant finishedAt,
            @Nullable Instant estimatedEnd){

    }

    /**
     * Which deliveries are replayed.
     *
     * @param endpointId those to an endpoint
     * @param type those of events of a type, or a prefix of it: {@code user.*}
     * @param outcome what had become of them
     * @param errorCode what the last attempt failed with
     * @param since events accepted before are left alone
     * @param until so are those accepted then or later
     */
    @Schema(name = "ReplayFilter")
    record Filter(@Nullable UUID endpointId, @Nullable String type, @Schema(allowableValues = {
            "failed", "delivered", "any" }, defaultValue = "failed") String outcome, @Nullable String errorCode,
            Instant since, Instant until){

    }

}
