package dev.triggers.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.key.Caller;
import dev.triggers.key.Tiers;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts the events that organizations post against what their tiers allow a minute: up
 * to the whole limit at once, refilled evenly. A limiter that does not work refuses
 * nobody.
 */
@Component
public class RateLimits {

    private static final Logger logger = LoggerFactory.getLogger(RateLimits.class);

    private static final long TROUBLE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int WINDOW_SECONDS = 60;

    private final BucketRepository buckets;

    private final Tiers tiers;

    private final Clock clock;

    private final Counter refused;

    private final Counter passed;

    /** The bucket's local allowance lives in it: kept for as long as it is used. */
    private final Cache<UUID, Allowance> allowances = Caffeine.newBuilder()
        .maximumSize(20_000)
        .expireAfterAccess(Duration.ofMinutes(10))
        .executor(Runnable::run)
        .build();

    private volatile long askAgainAt = System.nanoTime();

    RateLimits(BucketRepository buckets, Tiers tiers, Clock clock, MeterRegistry meters) {
        this.buckets = buckets;
        this.tiers = tiers;
        this.clock = clock;
        this.refused = Counter.builder("rate.limit.refused")
            .description("Requests refused because their organization is over its limit")
            .register(meters);
        this.passed = Counter.builder("rate.limit.unchecked")
            .description("Requests let pass because the limiter did not work")
            .register(meters);
    }

    /**
     * Takes the events from the caller's allowance, all or none, and says in the
     * response's headers what is left. They are not given back, whatever becomes of them.
     * @throws ProblemException 429 if not enough is left now, 422 if it never can be
     */
    public void charge(Caller caller, int events, HttpServletResponse response) {
        Allowance allowance = allowance(caller);
        if (events > allowance.limit()) {
            throw ProblemException.unprocessable("events", "are " + events + ", more than the " + allowance.limit()
                    + " a minute that the tier " + caller.tier() + " allows");
        }
        ConsumptionProbe probe = allowance.takeInAdvance(events) ? null : consume(allowance, events);
        writeHeaders(allowance, response);
        if (probe != null && !probe.isConsumed()) {
            this.refused.increment();
            throw tooMany(allowance, probe.getNanosToWaitForRefill());
        }
    }

    /**
     * Says in the response's headers what is left of the caller's allowance.
     */
    void describe(Caller caller, HttpServletResponse response) {
        Allowance allowance = allowance(caller);
        long now = System.nanoTime();
        if (!allowance.isKnownSince(now - FRESH_NANOS) && isWorking(now)) {
            try {
                allowance.know(allowance.ask(Bucket::getAvailableTokens), now);
            }
            catch (RuntimeException ex) {
                trouble(ex);
            }
        }
        writeHeaders(allowance, response);
    }

    private @Nullable ConsumptionProbe consume(Allowance allowance, int events) {
        long now = System.nanoTime();
        if (isWorking(now)) {
            try {
                ConsumptionProbe probe = allowance.ask((bucket) -> bucket.tryConsumeAndReturnRemaining(events));
                allowance.know(probe.getRemainingTokens(), now);
                return probe;
            }
            catch (RuntimeException ex) {
                trouble(ex);
            }
        }
        this.passed.increment();
        return null;
    }

    private boolean isWorking(long now) {
        return now - this.askAgainAt >= 0;
    }

    private void trouble(RuntimeException ex) {
        long now = System.nanoTime();
        // Requests that were under way fail together; one line tells of them
        if (isWorking(now)) {
            this.askAgainAt = now + TROUBLE_NANOS;
            logger.warn("The rate limiter does not work, and refuses nobody: {}", ex.toString());
        }
    }

    private Allowance allowance(Caller caller) {
        int limit = this.tiers.limitPerMinute(caller.tier());
        Allowance known = this.allowances.getIfPresent(caller.organizationId());
        if (known != null && known.limit() == limit) {
            return known;
        }
        Allowance made = new Allowance(this.buckets.bucket(caller.organizationId(), limit),
                () -> this.buckets.make(caller.organizationId(), limit), limit, BucketRepository.unsynchronized(limit));
        Allowance current = this.allowances.asMap()
            .compute(caller.organizationId(), (id, other) -> (other != null && other.limit() == limit) ? other : made);
        return (current != null) ? current : made;
    }

    private void writeHeaders(Allowance allowance, HttpServletResponse response) {
        long now = System.nanoTime();
        long fullAt = this.clock.millis() + allowance.nanosUntilFull(now) / 1_000_000;
        response.setHeader("X-RateLimit-Limit", Integer.toString(allowance.limit()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(allowance.remaining(now)));
        response.setHeader("X-RateLimit-Reset", Long.toString((fullAt + 999) / 1000));
    }

    private static ProblemException tooMany(Allowance allowance, long nanosToWait) {
        Duration wait = Duration.ofNanos(nanosToWait);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("limit", allowance.limit());
        members.put("window", WINDOW_SECONDS);
        members.put("retry_after", Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
        return ProblemException
            .of(ProblemKind.RATE_LIMITED, "The limit of " + allowance.limit() + " events a minute is reached")
            .with(members)
            .retryAfter(wait);
    }

}
