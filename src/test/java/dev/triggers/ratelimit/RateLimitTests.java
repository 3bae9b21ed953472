package dev.triggers.ratelimit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.triggers.key.Access;
import dev.triggers.key.Caller;
import dev.triggers.key.Tiers;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@IntegrationTest
class RateLimitTests {

    @Autowired
    Api api;

    @Autowired
    RateLimits limits;

    @Autowired
    Tiers tiers;

    @Autowired
    DataSource dataSource;

    @Autowired
    MeterRegistry meters;

    private static Caller caller(String tier) {
        return new Caller(UUID.randomUUID(), "Acme", tier, "0123456789abcdef", Access.FULL, false);
    }

    @Test
    void everyAuthenticatedAnswerTellsWhatIsLeft() {
        String key = this.api.newKey("Acme", "free");
        long before = System.currentTimeMillis() / 1000;
        for (Reply reply : List.of(this.api.get("/api/keys", key), this.api.get("/api/nowhere", key),
                this.api.post("/api/keys/rotate", key, "nonsense"))) {
            assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("100");
            assertThat(reply.header("X-RateLimit-Remaining")).isEqualTo("100");
            assertThat(Long.parseLong(String.valueOf(reply.header("X-RateLimit-Reset")))).isBetween(before,
                    System.currentTimeMillis() / 1000 + 1);
        }
        assertThat(this.api.get("/api/keys", "nonsense").header("X-RateLimit-Limit")).isNull();
    }

    @Test
    void chargedEventsAreMissingUntilTheBucketIsFullAgain() {
        Caller caller = caller("free");
        MockHttpServletResponse response = new MockHttpServletResponse();
        long before = System.currentTimeMillis() / 1000;
        long started = System.nanoTime();
        this.limits.charge(caller, 50, response);
        assertThat(Integer.parseInt(String.valueOf(response.getHeader("X-RateLimit-Remaining")))).isBetween(50,
                51 + refilled(caller, started));
        assertThat(Long.parseLong(String.valueOf(response.getHeader("X-RateLimit-Reset")))).isBetween(before + 25,
                System.currentTimeMillis() / 1000 + 32);
    }

    @Test
    void overTheLimitNothingIsTaken() {
        Caller caller = caller("free");
        this.limits.charge(caller, 90, new MockHttpServletResponse());
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.limits.charge(caller, 60, response))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.RATE_LIMITED);
                assertThat(problem.members()).containsEntry("limit", 100).containsEntry("window", 60);
                assertThat((long) problem.members().get("retry_after")).isBetween(20L, 30L);
                assertThat(problem.retryAfter()).isNotNull();
            });
        assertThat(response.getHeader("X-RateLimit-Limit")).isEqualTo("100");
        this.limits.charge(caller, 10, new MockHttpServletResponse());
    }

    @Test
    void moreThanAMinutesWorthCanNeverPass() {
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> this.limits.charge(caller("free"), 101, new MockHttpServletResponse()))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
                assertThat(problem.message()).contains("100");
            });
    }

    @Test
    void theLimitIsExactUnderConcurrency() throws Exception {
        whileItWorks(this.meters, this::limitIsExact);
    }

    private void limitIsExact() throws Exception {
        Caller caller = caller("pro");
        long started = System.nanoTime();
        int passed = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> charged : IntStream.range(0, 3_000)
                .mapToObj((i) -> clients.submit(() -> passes(this.limits, caller)))
                .toList()) {
                passed += charged.get() ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(1_000, 1_000 + 1 + refilled(caller, started));
    }

    @Test
    void aNewBucketIsExactFromTheFirstMoment() throws Exception {
        for (int round = 0; round < 5; round++) {
            whileItWorks(this.meters, this::newBucketIsExact);
        }
    }

    private void newBucketIsExact() throws Exception {
        Caller caller = caller("free");
        CountDownLatch start = new CountDownLatch(1);
        long started = System.nanoTime();
        int passed = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> charged = IntStream.range(0, 200).mapToObj((i) -> clients.submit(() -> {
                start.await();
                return passes(this.limits, caller);
            })).toList();
            start.countDown();
            for (Future<Boolean> charge : charged) {
                passed += charge.get() ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(100, 100 + 1 + refilled(caller, started));
    }

    @Test
    void aBucketThatWasRemovedIsMadeAgain() throws Exception {
        whileItWorks(this.meters, this::removedBucketIsMadeAgain);
    }

    private void removedBucketIsMadeAgain() throws Exception {
        Caller caller = caller("pro");
        long started = System.nanoTime();
        this.limits.charge(caller, 10, new MockHttpServletResponse());
        try (Connection connection = this.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from rate_limit_buckets");
        }
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> charge : IntStream.range(0, 200)
                .mapToObj((i) -> clients.submit(() -> passes(this.limits, caller)))
                .toList()) {
                assertThat(charge.get()).isTrue();
            }
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        this.limits.charge(caller, 700, response);
        assertThat(Integer.parseInt(String.valueOf(response.getHeader("X-RateLimit-Remaining"))))
            .isLessThan(200 + refilled(caller, started));
    }

    @Test
    void sixInstancesTogetherExceedTheLimitByLittle() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        whileItWorks(meters, () -> onSixInstances(meters, caller("free"), 400, 80, 100 + 10));
        whileItWorks(meters, () -> onSixInstances(meters, caller("pro"), 3_000, 900, 1_000 + 20));
    }

    private void onSixInstances(MeterRegistry meters, Caller caller, int events, int least, int most) throws Exception {
        List<RateLimits> instances = IntStream.range(0, 6)
            .mapToObj(
                    (i) -> new RateLimits(new BucketRepository(this.dataSource), this.tiers, Clock.systemUTC(), meters))
            .toList();
        long started = System.nanoTime();
        int passed = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(6)) {
            for (Future<Boolean> charged : IntStream.range(0, events)
                .mapToObj((i) -> clients.submit(() -> passes(instances.get(i % 6), caller)))
                .toList()) {
                passed += charged.get() ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(least, most + 1 + refilled(caller, started));
    }

    /**
     * Once more where the database was too slow for the limiter, which then refuses
     * nobody for a second.
     */
    private static void whileItWorks(MeterRegistry meters, Round test) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            double before = unchecked(meters);
            try {
                test.play();
                return;
            }
            catch (AssertionError ex) {
                if (unchecked(meters) == before || System.nanoTime() - end > 0) {
                    throw ex;
                }
            }
        }
    }

    @FunctionalInterface
    private interface Round {

        void play() throws Exception;

    }

    private static double unchecked(MeterRegistry meters) {
        Counter unchecked = meters.find("rate.limit.unchecked").counter();
        return (unchecked != null) ? unchecked.count() : 0;
    }

    /** What has come back to the bucket since then, and is no excess. */
    private int refilled(Caller caller, long started) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return (int) (this.tiers.limitPerMinute(caller.tier()) * seconds / 60);
    }

    @Test
    void aLimiterThatDoesNotWorkRefusesNobodyAndIsLeftAloneForASecond() {
        AtomicInteger asked = new AtomicInteger();
        DataSource away = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                asked.incrementAndGet();
                throw new SQLException("away");
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
        RateLimits broken = new RateLimits(new BucketRepository(away), this.tiers, Clock.systemUTC(),
                new SimpleMeterRegistry());
        Caller caller = caller("free");
        long started = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            broken.charge(caller, 1, response);
            assertThat(response.getHeader("X-RateLimit-Limit")).isEqualTo("100");
        }
        assertThat(asked).hasValueBetween(1, 3 + (int) ((System.nanoTime() - started) / 1_000_000_000));
    }

    static boolean passes(RateLimits limits, Caller caller) {
        try {
            limits.charge(caller, 1, new MockHttpServletResponse());
            return true;
        }
        catch (ProblemException ex) {
            return false;
        }
    }

}
