package dev.triggers.stream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * The meters of streams.
 */
@Component
class StreamMetrics {

    private final MeterRegistry registry;

    private final Map<StreamKind, Counter> sent = new EnumMap<>(StreamKind.class);

    private final Map<StreamEnd, Counter> ended = new EnumMap<>(StreamEnd.class);

    private final Counter organizationFull;

    private final Counter instanceFull;

    private final Counter dropped;

    private final Timer delay;

    StreamMetrics(MeterRegistry registry, StreamMemory memory) {
        this.registry = registry;
        for (StreamKind kind : StreamKind.values()) {
            this.sent.put(kind,
                    Counter.builder("triggers.stream.messages")
                        .description("What streams were given to write, once a stream")
                        .tag("kind", kind.toString())
                        .register(registry));
        }
        for (StreamEnd end : StreamEnd.values()) {
            this.ended.put(end,
                    Counter.builder("triggers.stream.ended")
                        .description("Streams that ended, by the reason")
                        .tag("reason", end.tag())
                        .register(registry));
        }
        this.organizationFull = refused(registry, "organization");
        this.instanceFull = refused(registry, "instance");
        this.dropped = Counter.builder("triggers.stream.dropped")
            .description("Live notices that no stream got, since too many came at once or the database was away")
            .register(registry);
        this.delay = Timer.builder("triggers.stream.delay")
            .description("From the acceptance of an event until it is given to streams that were up to date")
            .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
                    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5))
            .register(registry);
        gauge("triggers.stream.bytes", "Bytes that streams have yet to write, what they share counted once",
                memory::held);
    }

    private static Counter refused(MeterRegistry registry, String bound) {
        return Counter.builder("triggers.stream.refused")
            .description("Streams refused, by the bound that was reached")
            .tag("bound", bound)
            .register(registry);
    }

    void watch(Supplier<Number> open) {
        gauge("triggers.stream.open", "Streams that are open", open);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(this.registry);
    }

    void sent(StreamKind kind, int streams) {
        Objects.requireNonNull(this.sent.get(kind)).increment(streams);
    }

    void ended(StreamEnd end) {
        Objects.requireNonNull(this.ended.get(end)).increment();
    }

    void organizationFull() {
        this.organizationFull.increment();
    }

    void instanceFull() {
        this.instanceFull.increment();
    }

    void dropped(int notices) {
        this.dropped.increment(notices);
    }

    void delayed(Duration sinceAcceptance) {
        this.delay.record(sinceAcceptance.isNegative() ? Duration.ZERO : sinceAcceptance);
    }

}
