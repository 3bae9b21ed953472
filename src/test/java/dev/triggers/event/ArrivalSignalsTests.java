package dev.triggers.event;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ArrivalSignalsTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final UUID ONE = new UUID(1, 1);

    private static final UUID OTHER = new UUID(2, 2);

    private final ArrivalSignals signals = new ArrivalSignals(3, 2, (id) -> {
    }, (id) -> {
    });

    private ArrivalSignals.Waiter register(UUID organizationId) {
        return requireNonNull(this.signals.register(organizationId));
    }

    private static CompletableFuture<Boolean> waitFor(ArrivalSignals.Waiter waiter) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(waiter.await(LONG));
            }
            catch (InterruptedException ex) {
                result.completeExceptionally(ex);
            }
        });
        return result;
    }

    @Test
    void arrivalWakesThoseWhoWaitForTheOrganization() throws Exception {
        try (ArrivalSignals.Waiter one = register(ONE); ArrivalSignals.Waiter other = register(OTHER)) {
            CompletableFuture<Boolean> woken = waitFor(one);
            CompletableFuture<Boolean> asleep = waitFor(other);
            this.signals.arrived(List.of(ONE));
            assertThat(woken.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(asleep).isNotDone();
            this.signals.arrived(List.of(OTHER));
            assertThat(asleep.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void arrivalBetweenRegistrationAndWaitIsNotMissed() throws Exception {
        try (ArrivalSignals.Waiter waiter = register(ONE)) {
            this.signals.arrived(List.of(OTHER, ONE));
            assertThat(waitFor(waiter).get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void manyArrivalsAreOneSignal() throws Exception {
        try (ArrivalSignals.Waiter waiter = register(ONE)) {
            for (int i = 0; i < 10; i++) {
                this.signals.arrived(List.of(ONE));
            }
            assertThat(waitFor(waiter).get(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Boolean> again = waitFor(waiter);
            assertThat(again).isNotDone();
            this.signals.arrived(List.of(ONE));
            assertThat(again.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void placesAreBounded() {
        try (ArrivalSignals.Waiter first = register(ONE); ArrivalSignals.Waiter second = register(ONE)) {
            assertThat(this.signals.register(ONE)).as("places of one organization").isNull();
            try (ArrivalSignals.Waiter third = register(OTHER)) {
                assertThat(this.signals.register(OTHER)).as("places of all").isNull();
                assertThat(this.signals.waiting()).isEqualTo(3);
                assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
            }
            register(OTHER).close();
        }
        assertThat(this.signals.waiting()).isZero();
    }

    @Test
    void closingTwiceGivesOnePlaceBack() {
        ArrivalSignals.Waiter waiter = register(ONE);
        waiter.close();
        waiter.close();
        assertThat(this.signals.waiting()).isZero();
    }

    @Test
    void shutdownWakesEverybodyAndLetsNobodyIn() throws Exception {
        try (ArrivalSignals.Waiter waiter = register(ONE)) {
            CompletableFuture<Boolean> result = waitFor(waiter);
            this.signals.close();
            assertThat(result.get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(waiter.await(LONG)).isFalse();
        }
        assertThat(this.signals.register(OTHER)).isNull();
        await().untilAsserted(() -> assertThat(this.signals.waiting()).isZero());
    }

}
