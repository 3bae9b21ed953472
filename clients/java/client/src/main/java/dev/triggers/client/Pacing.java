package dev.triggers.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance; tests put their own here. */
interface Pacing {

    Pacing REAL = (pause) -> CompletableFuture.runAsync(() -> {
    }, CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS));

    /** Asleep on the calling thread. An interrupt ends the sleep and stays. */
    Pacing BLOCKING = (pause) -> {
        try {
            Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.completedFuture(null);
    };

    CompletableFuture<Void> sleep(Duration pause);

    default Instant now() {
        return Instant.now();
    }

    default double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

}
