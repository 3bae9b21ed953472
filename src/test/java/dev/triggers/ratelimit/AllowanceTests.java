package dev.triggers.ratelimit;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AllowanceTests {

    private static final int LIMIT = 10;

    private final Bucket bucket = Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(LIMIT).refillIntervally(LIMIT, Duration.ofDays(1)).build())
        .build();

    private Allowance allowance(int part) {
        return new Allowance(this.bucket, () -> {
        }, LIMIT, part);
    }

    @Test
    void givesAPartInAdvanceAndTellsWhatIsLeft() {
        Allowance allowance = allowance(3);
        assertThat(allowance.takeInAdvance(2)).isTrue();
        assertThat(allowance.takeInAdvance(2)).isFalse();
        assertThat(allowance.takeInAdvance(1)).isTrue();
        assertThat(allowance.takeInAdvance(1)).isFalse();
        long now = System.nanoTime();
        assertThat(allowance.remaining(now)).isEqualTo(7);
        assertThat(allowance.nanosUntilFull(now)).isEqualTo(Allowance.MINUTE_NANOS * 3 / 10);
        assertThat(this.bucket.getAvailableTokens()).isEqualTo(LIMIT);
    }

    @Test
    void bucketIsChargedOnceForWhatWasGivenInAdvance() {
        Allowance allowance = allowance(3);
        allowance.takeInAdvance(2);
        assertThat(allowance.<Boolean>ask((bucket) -> bucket.tryConsume(4))).isTrue();
        assertThat(allowance.takeInAdvance(1)).isFalse();
        assertThat(allowance.<Long>ask(Bucket::getAvailableTokens)).isEqualTo(LIMIT - 6);
    }

    @Test
    void nobodyIsGivenWhatTheBucketIsStillToBeChargedFor() throws Exception {
        CountDownLatch charging = new CountDownLatch(1);
        CountDownLatch charge = new CountDownLatch(1);
        Allowance allowance = new Allowance(slowlyCharged(charging, charge), () -> {
        }, LIMIT, 3);
        allowance.takeInAdvance(2);
        Thread first = Thread.startVirtualThread(() -> allowance.ask(Bucket::getAvailableTokens));
        charging.await();
        FutureTask<Boolean> second = new FutureTask<>(() -> allowance.ask((bucket) -> bucket.tryConsume(LIMIT)));
        Thread asking = Thread.ofPlatform().start(second);
        await().until(() -> second.isDone() || asking.getState() == Thread.State.WAITING);
        charge.countDown();
        first.join();
        assertThat(second.get()).isFalse();
    }

    /** The bucket, whose charges for what was given in advance take a while. */
    private Bucket slowlyCharged(CountDownLatch charging, CountDownLatch charge) {
        return (Bucket) Proxy.newProxyInstance(Bucket.class.getClassLoader(), new Class<?>[] { Bucket.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("consumeIgnoringRateLimits")) {
                        charging.countDown();
                        charge.await();
                    }
                    return method.invoke(this.bucket, arguments);
                });
    }

    @Test
    void advanceIsNeverMoreThanTheLimit() {
        Allowance allowance = allowance(LIMIT + 5);
        assertThat(allowance.takeInAdvance(LIMIT + 1)).isFalse();
        assertThat(allowance.takeInAdvance(LIMIT)).isTrue();
        assertThat(allowance.<Boolean>ask((bucket) -> bucket.tryConsume(1))).isFalse();
    }

}
