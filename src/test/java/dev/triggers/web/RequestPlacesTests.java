package dev.triggers.web;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many requests may be under way, and what becomes of the others.
 */
class RequestPlacesTests {

    private final AtomicLong now = new AtomicLong();

    private final RequestPlaces places = new RequestPlaces(new SimpleMeterRegistry(), RequestPlaces.PLACES,
            this.now::get);

    private final CountDownLatch end = new CountDownLatch(1);

    private final BlockingQueue<Boolean> refused = new ArrayBlockingQueue<>(RequestPlaces.PLACES + 1);

    @AfterEach
    void finish() {
        this.end.countDown();
    }

    private void begin() {
        this.places.execute(() -> {
            this.refused.add(RequestPlaces.isRefused());
            await();
        });
    }

    private boolean await() {
        try {
            return this.end.await(1, TimeUnit.MINUTES);
        }
        catch (InterruptedException ex) {
            return false;
        }
    }

    private void fill() throws InterruptedException {
        for (int i = 0; i < RequestPlaces.PLACES; i++) {
            begin();
        }
        for (int i = 0; i < RequestPlaces.PLACES; i++) {
            assertThat(this.refused.poll(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void whoWaitsForASecondIsRefused() throws Exception {
        fill();
        begin();
        pass(Duration.ofMillis(999));
        assertThat(this.refused).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(this.refused.poll(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whileThereIsAlwaysSomeoneWhoWaitsNobodyWaitsForLong() throws Exception {
        fill();
        begin();
        pass(Duration.ofMillis(960));
        begin();
        pass(Duration.ofMillis(40));
        assertThat(this.refused.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(this.refused).isEmpty();
        pass(Duration.ofMillis(60));
        assertThat(this.refused.poll(10, TimeUnit.SECONDS)).isTrue();
        // Nobody waits: what comes now is a burst again
        pass(Duration.ofMillis(10));
        begin();
        pass(Duration.ofMillis(500));
        assertThat(this.refused).isEmpty();
    }

    private void pass(Duration time) {
        this.now.addAndGet(time.toNanos());
        this.places.look();
    }

    @Test
    void placeThatBecomesFreeIsTaken() throws Exception {
        fill();
        this.end.countDown();
        begin();
        assertThat(this.refused.poll(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void everyRequestHasItsTurn() {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            this.places.execute(() -> {
                ran.incrementAndGet();
                Thread.yield();
            });
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAtomic(ran, Matchers.is(20_000));
    }

    @Test
    void whoOnlyWaitsLeavesItsPlace() throws Exception {
        for (int i = 0; i < RequestPlaces.PLACES; i++) {
            this.places.execute(() -> {
                try {
                    this.places.away(this::await);
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        fill();
    }

    @Test
    void threadWithoutPlaceWaitsAsWell() throws Exception {
        assertThat(this.places.away(() -> true)).isTrue();
        assertThat(RequestPlaces.isRefused()).isFalse();
    }

}
