package dev.triggers.database;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceWatchTests {

    private static final UUID PROCESS = new UUID(0, 1);

    private static final long LOCK = InstanceWatch.LOCK.toNanos();

    private static final long BEAT = InstanceWatch.BEAT.toNanos();

    private final InstanceWatch watch = new InstanceWatch();

    private static InstanceRow free(long beat) {
        return new InstanceRow(7, PROCESS, beat, false, true, false);
    }

    private static InstanceRow held(long beat) {
        return new InstanceRow(7, PROCESS, beat, false, false, false);
    }

    private static InstanceRow beating(long beat) {
        return new InstanceRow(7, PROCESS, beat, true, false, false);
    }

    private List<InstanceRow> look(long at, InstanceRow... rows) {
        return this.watch.ended(List.of(rows), true, at, at);
    }

    @Test
    void whoseLockStaysFreeHasEnded() {
        assertThat(look(0, free(1))).isEmpty();
        assertThat(look(LOCK - 1, free(1))).isEmpty();
        assertThat(look(LOCK, free(1))).containsExactly(free(1));
    }

    @Test
    void whoTakesItsLockAgainLives() {
        look(0, free(1));
        assertThat(look(LOCK, held(2))).isEmpty();
        assertThat(look(LOCK + 1, free(2))).as("lost anew").isEmpty();
        assertThat(look(2 * LOCK + 1, free(2))).hasSize(1);
    }

    @Test
    void whoMovedOnBetweenTwoLooksLives() {
        look(0, free(1));
        assertThat(look(LOCK, free(2))).isEmpty();
        assertThat(look(2 * LOCK, free(2))).hasSize(1);
    }

    @Test
    void anotherProcessOfTheSameNumberIsNotTakenForTheOneBefore() {
        look(0, free(1));
        InstanceRow next = new InstanceRow(7, new UUID(0, 2), 1, false, true, false);
        assertThat(look(LOCK, next)).isEmpty();
        assertThat(look(2 * LOCK, next)).containsExactly(next);
    }

    @Test
    void nobodyHasEndedWhileTheServerHasJustStarted() {
        this.watch.ended(List.of(free(1)), false, 0, 0);
        assertThat(this.watch.ended(List.of(free(1)), false, 10 * LOCK, 10 * LOCK)).isEmpty();
        assertThat(look(11 * LOCK, free(1))).as("seen for the first time").isEmpty();
        assertThat(look(12 * LOCK, free(1))).hasSize(1);
    }

    @Test
    void whatALookTakesDoesNotCount() {
        this.watch.ended(List.of(free(1)), true, 0, LOCK);
        assertThat(this.watch.ended(List.of(free(1)), true, LOCK, 3 * LOCK)).isEmpty();
        assertThat(look(3 * LOCK, free(1))).hasSize(1);
    }

    @Test
    void whoseBeatStandsStillHasEndedLater() {
        look(0, beating(1));
        look(BEAT / 2, beating(1));
        assertThat(look(BEAT - 1, beating(1))).isEmpty();
        assertThat(look(BEAT, beating(1))).hasSize(1);
        assertThat(look(BEAT + 1, beating(2))).isEmpty();
        look(BEAT + BEAT / 2, beating(2));
        assertThat(look(2 * BEAT, beating(2))).isEmpty();
    }

    @Test
    void whoLookedLateWaitsForAnotherBeat() {
        look(0, beating(1));
        assertThat(look(BEAT, beating(1))).as("nobody looked for so long").isEmpty();
        look(BEAT + BEAT / 2, beating(1));
        assertThat(look(2 * BEAT, beating(1))).hasSize(1);
    }

    @Test
    void aLookThatTookLongShowsNobodysEnd() {
        look(0, beating(1));
        assertThat(this.watch.ended(List.of(beating(1)), true, LOCK, 2 * BEAT)).as("the server stood still").isEmpty();
        look(2 * BEAT + LOCK, beating(1));
        look(2 * BEAT + 2 * LOCK, beating(1));
        assertThat(look(3 * BEAT, beating(1))).hasSize(1);
    }

    @Test
    void whoIsKnownToHaveEndedIsNotFoundAgain() {
        look(0, free(1));
        assertThat(look(2 * LOCK, new InstanceRow(7, PROCESS, 1, false, false, true))).isEmpty();
    }

}
