package dev.triggers.replica;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * The meters of reading from a replica.
 */
@Component
class ReplicaMetrics {

    private final Map<Outcome, Counter> reads = new EnumMap<>(Outcome.class);

    ReplicaMetrics(ReplicaWatch watch, MeterRegistry registry) {
        Gauge.builder("triggers.replica.staleness", watch, ReplicaMetrics::seconds)
            .description("How old what the replica shows is at the most; not a number while nobody knows")
            .baseUnit("seconds")
            .register(registry);
        for (Outcome outcome : Outcome.values()) {
            this.reads.put(outcome,
                    Counter.builder("triggers.replica.reads")
                        .description("Answers that the replica could have given")
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(registry));
        }
    }

    private static double seconds(ReplicaWatch watch) {
        Duration staleness = watch.staleness();
        return (staleness != null) ? staleness.toNanos() / 1e9 : Double.NaN;
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(this.reads.get(outcome)).increment();
    }

    /**
     * What became of an answer that the replica could have given.
     */
    enum Outcome {

        /** It did. */
        ANSWERED,

        /** It did not know of what was asked for, and the primary was asked. */
        BEHIND,

        /** It was too old, or it was not known how old. */
        STALE,

        /** It failed, and the primary was asked. */
        FAILED

    }

}
