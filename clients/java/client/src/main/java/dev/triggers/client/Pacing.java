package dev.triggers.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance; tests put their own here. */
interface Pacing {

    Pacing REAL = new Pacing() {

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public CompletableFuture<Void> sleep(Duration pause) {
            return CompletableFuture.runAsync(() -> {
            }, CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS));
        }

    };

    /** The same, asleep on the calling thread. An interrupt ends the sleep and stays. */
    Pacing BLOCKING = new Pacing() {

        @Override
        public Instant now() {
            return REAL.now();
        }

        @Override
        public double random() {
            return REAL.random();
        }

        @Override
        public CompletableFuture<Void> sleep(Duration pause) {
            try {
                Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(null);
        }

    };

    Instant now();

    double random();

    CompletableFuture<Void> sleep(Duration pause);

}
