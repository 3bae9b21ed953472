package dev.triggers.key;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * The meters of authentication. Each exists from the start, so that a request only adds
 * to it.
 */
@Component
class KeyMetrics {

    private final MeterRegistry registry;

    private final Map<Refusal, Counter> failures = new EnumMap<>(Refusal.class);

    private final Map<HashPurpose, Timer> hashes = new EnumMap<>(HashPurpose.class);

    private final Map<HashPurpose, Counter> hashesRefused = new EnumMap<>(HashPurpose.class);

    private final Timer lookups;

    private final Counter lookupsRefused;

    private final Counter scopesRefused;

    private final Counter suspendedRefused;

    KeyMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Refusal refusal : Refusal.values()) {
            this.failures.put(refusal,
                    Counter.builder("key.authentication.failures")
                        .description("Requests that were answered 401, by what was wrong with their key")
                        .tag("reason", refusal.reason())
                        .register(registry));
        }
        for (HashPurpose purpose : HashPurpose.values()) {
            String tag = purpose.name().toLowerCase(Locale.ROOT);
            this.hashes.put(purpose,
                    Timer.builder("key.hashes")
                        .description("Hashes of keys that were computed")
                        .tag("purpose", tag)
                        .register(registry));
            this.hashesRefused.put(purpose,
                    Counter.builder("key.hashes.refused")
                        .description("Hashes that were not waited for, because too many were asked for")
                        .tag("purpose", tag)
                        .register(registry));
        }
        this.lookups = Timer.builder("key.lookups")
            .description("How long requests waited for the look-up of keys that were not known yet")
            .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100))
            .register(registry);
        this.lookupsRefused = Counter.builder("key.lookups.refused")
            .description("Look-ups of unknown keys that found no place in time")
            .register(registry);
        this.scopesRefused = Counter.builder("key.scope.refused")
            .description("Requests that were answered 403, because their key does not allow them")
            .register(registry);
        this.suspendedRefused = Counter.builder("key.suspended.refused")
            .description("Requests that were answered 403, because their organization is suspended")
            .register(registry);
    }

    void watchQueue(Collection<?> verifications) {
        Gauge.builder("key.hashes.waiting", verifications, (queue) -> queue.size())
            .description("Keys that wait to be verified")
            .register(this.registry);
    }

    void refused(Refusal refusal) {
        Objects.requireNonNull(this.failures.get(refusal)).increment();
    }

    Timer hashes(HashPurpose purpose) {
        return Objects.requireNonNull(this.hashes.get(purpose));
    }

    void hashRefused(HashPurpose purpose) {
        Objects.requireNonNull(this.hashesRefused.get(purpose)).increment();
    }

    void scopeRefused() {
        this.scopesRefused.increment();
    }

    Timer lookups() {
        return this.lookups;
    }

    void suspendedRefused() {
        this.suspendedRefused.increment();
    }

    void lookupRefused() {
        this.lookupsRefused.increment();
    }

}
