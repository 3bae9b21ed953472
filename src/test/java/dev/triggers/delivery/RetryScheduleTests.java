package dev.triggers.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryScheduleTests {

    private static final RetrySchedule USUAL = new RetrySchedule(
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)));

    @Test
    void thereIsOneAttemptMoreThanWaits() {
        assertThat(USUAL.attempts()).isEqualTo(5);
        assertThat(new RetrySchedule(List.of()).attempts()).isEqualTo(1);
    }

    @Test
    void waitsFollowTheScheduleAsAttemptsRunOut() {
        Random still = new Random() {
            @Override
            public double nextDouble() {
                // No jitter
                return 0.5;
            }
        };
        assertThat(USUAL.waitAfter(5, still)).isEqualTo(Duration.ofSeconds(1));
        assertThat(USUAL.waitAfter(4, still)).isEqualTo(Duration.ofSeconds(2));
        assertThat(USUAL.waitAfter(3, still)).isEqualTo(Duration.ofSeconds(4));
        assertThat(USUAL.waitAfter(2, still)).isEqualTo(Duration.ofSeconds(8));
    }

    @Property
    void jitterIsATenthEitherWayAndNothingEverFails(
            @ForAll @Size(max = 20) List<@IntRange(max = 604_800_000) Integer> waits,
            @ForAll @IntRange(min = 1, max = 40) int remaining, @ForAll long seed) {
        RetrySchedule schedule = new RetrySchedule(waits.stream().map(Duration::ofMillis).toList());
        Duration wait = schedule.waitAfter(remaining, new Random(seed));
        if (waits.isEmpty()) {
            assertThat(wait).isZero();
            return;
        }
        int made = Math.clamp(schedule.attempts() - remaining, 0, waits.size() - 1);
        double planned = waits.get(made);
        assertThat((double) wait.toMillis()).isBetween(Math.floor(planned * 0.9), Math.ceil(planned * 1.1));
    }

}
