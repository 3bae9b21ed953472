package dev.triggers.replica;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StalenessTests {

    private final Staleness staleness = new Staleness();

    @Test
    void nobodyKnowsBeforeTheReplicaHasComeAsFarAsThePrimaryWas() {
        assertThat(this.staleness.at(0)).isNull();
        this.staleness.primaryAt(0, 100);
        this.staleness.replicaAt(99);
        assertThat(this.staleness.at(10)).isNull();
        this.staleness.replicaAt(100);
        assertThat(this.staleness.at(10)).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void itIsAsOldAsTheLatestLookThatTheReplicaHasReached() {
        this.staleness.primaryAt(0, 100);
        this.staleness.primaryAt(10, 200);
        this.staleness.primaryAt(20, 300);
        this.staleness.replicaAt(250);
        assertThat(this.staleness.at(30)).isEqualTo(Duration.ofNanos(20));
        this.staleness.replicaAt(300);
        assertThat(this.staleness.at(30)).isEqualTo(Duration.ofNanos(10));
        assertThat(this.staleness.at(50)).as("nobody has looked since").isEqualTo(Duration.ofNanos(30));
    }

    @Test
    void whatStandsStillDoesNotGrowOld() {
        for (int at = 0; at < 5_000; at++) {
            this.staleness.primaryAt(at, 100);
            this.staleness.replicaAt(100);
        }
        assertThat(this.staleness.at(5_000)).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void howeverFarItIsBehindItIsNeverTakenForYounger() {
        this.staleness.primaryAt(0, 0);
        this.staleness.replicaAt(0);
        for (int at = 1; at <= 5_000; at++) {
            this.staleness.primaryAt(at, at);
        }
        for (int position = 1; position <= 5_000; position++) {
            this.staleness.replicaAt(position);
            assertThat(this.staleness.at(5_000)).isGreaterThanOrEqualTo(Duration.ofNanos(5_000 - position));
        }
        this.staleness.primaryAt(5_001, 5_001);
        this.staleness.replicaAt(5_001);
        assertThat(this.staleness.at(5_001)).isZero();
    }

    @Test
    void whatWasForgottenIsNotKnown() {
        this.staleness.primaryAt(0, 100);
        this.staleness.replicaAt(100);
        this.staleness.forget();
        assertThat(this.staleness.at(1)).isNull();
        this.staleness.replicaAt(100);
        assertThat(this.staleness.at(1)).isNull();
    }

}
