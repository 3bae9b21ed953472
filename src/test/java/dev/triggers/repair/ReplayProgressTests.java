package dev.triggers.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.triggers.key.EventTypes;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far a replay has come, and when it will have ended.
 */
class ReplayProgressTests {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant ASKED = Instant.parse("2026-01-02T00:00:00Z");

    private static Replay replay(int matching, boolean capped, int requeued, int skipped, Instant position,
            String state) {
        ReplayFilter filter = new ReplayFilter(null, null, EventTypes.EVERY, ReplayOutcome.ANY, null, SINCE, ASKED);
        ReplayOrder order = new ReplayOrder(Rows.newId(), filter, false, false, null, null, false);
        return new Replay(Rows.newId(), order, matching, capped, requeued, skipped,
                new Pair(UuidV7.floor(position), new UUID(0, 0)), state, ASKED,
                state.equals("running") ? null : ASKED.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({ "400, 100, 0, 40, 0.25, 120", "400, 100, 100, 10, 0.5, 10", "400, 399, 0, 399, 0.9975, 1",
            "400, 300, 300, 7, 1.0, 0" })
    void whatWasCountedSaysHowFarItIs(int matching, int requeued, int skipped, int taken, double progress, int left) {
        Instant now = ASKED.plusSeconds(taken);
        Replay.View view = replay(matching, false, requeued, skipped, SINCE, "running").view(now);
        assertThat(view.progress()).isEqualTo(progress);
        assertThat(view.estimatedEnd()).isBetween(now.plusSeconds(left).minusMillis(1),
                now.plusSeconds(left).plusMillis(1));
    }

    @Test
    void ofMoreThanWasCountedTimeSaysHowFarItIs() {
        Instant now = ASKED.plusSeconds(600);
        Replay.View view = replay(10_000, true, 25_000, 0, SINCE.plus(Duration.ofHours(6)), "running").view(now);
        assertThat(view.progress()).isEqualTo(0.25);
        assertThat(view.estimatedEnd()).isEqualTo(now.plusSeconds(1_800));
    }

    @Test
    void nothingIsEstimatedBeforeTheFirstStepOrAfterTheLast() {
        Instant now = ASKED.plusSeconds(10);
        Replay.View begun = replay(400, false, 0, 0, SINCE, "running").view(now);
        assertThat(begun.progress()).isZero();
        assertThat(begun.estimatedEnd()).isNull();
        Replay.View finished = replay(400, false, 390, 0, SINCE, "finished").view(now);
        assertThat(finished.progress()).isEqualTo(1);
        assertThat(finished.estimatedEnd()).isNull();
        Replay.View cancelled = replay(400, false, 100, 0, SINCE, "cancelled").view(now);
        assertThat(cancelled.progress()).isEqualTo(0.25);
        assertThat(cancelled.estimatedEnd()).isNull();
    }

}
