package dev.triggers.ratelimit;

import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.triggers.key.Caller;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@IntegrationTest
class RateLimitTests {

    @Autowired
    Api api;

    @Autowired
    RateLimits limits;

    private static Caller caller(String tier) {
        return new Caller(UUID.randomUUID(), "Acme", tier, "0123456789abcdef");
    }

    @Test
    void everyAuthenticatedAnswerTellsWhatIsLeft() {
        String key = this.api.newKey("Acme", "free");
        for (Reply reply : java.util.List.of(this.api.get("/api/keys", key), this.api.get("/api/nowhere", key),
                this.api.post("/api/keys/rotate", key, "nonsense"))) {
            assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("100");
            assertThat(reply.header("X-RateLimit-Remaining")).isEqualTo("100");
            assertThat(Long.parseLong(String.valueOf(reply.header("X-RateLimit-Reset"))))
                .isBetween(System.currentTimeMillis() / 1000 - 1, System.currentTimeMillis() / 1000 + 1);
        }
        assertThat(this.api.get("/api/keys", "nonsense").header("X-RateLimit-Limit")).isNull();
    }

    @Test
    void chargedEventsAreMissingUntilTheBucketIsFullAgain() {
        Caller caller = caller("free");
        MockHttpServletResponse response = new MockHttpServletResponse();
        this.limits.charge(caller, 50, response);
        assertThat(response.getHeader("X-RateLimit-Remaining")).isIn("50", "51");
        assertThat(Long.parseLong(String.valueOf(response.getHeader("X-RateLimit-Reset"))))
            .isBetween(System.currentTimeMillis() / 1000 + 25, System.currentTimeMillis() / 1000 + 32);
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
        Caller caller = caller("pro");
        int passed = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> charged : IntStream.range(0, 3_000)
                .mapToObj((i) -> clients.submit(() -> passes(this.limits, caller)))
                .toList()) {
                passed += charged.get() ? 1 : 0;
            }
        }
        // What is refilled while the test runs comes on top.
        assertThat(passed).isBetween(1_000, 1_000 + 17 * 10);
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
