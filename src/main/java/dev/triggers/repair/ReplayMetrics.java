package dev.triggers.repair;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * What replays do.
 */
@Component
class ReplayMetrics {

    private final Counter requeued;

    private final Counter skipped;

    private final Timer steps;

    private final AtomicInteger underWay = new AtomicInteger();

    ReplayMetrics(MeterRegistry registry) {
        this.requeued = deliveries(registry, "requeued");
        this.skipped = deliveries(registry, "skipped");
        this.steps = Timer.builder("triggers.replay.step")
            .description("How long a step took, which is one transaction")
            .register(registry);
        Gauge.builder("triggers.replay.running", this.underWay, AtomicInteger::get)
            .description("Replays under way, of all instances")
            .register(registry);
    }

    private static Counter deliveries(MeterRegistry registry, String result) {
        return Counter.builder("triggers.replay.deliveries")
            .description("Deliveries that replays looked at")
            .tag("result", result)
            .register(registry);
    }

    void stepped(int opened, int passed, Duration took) {
        this.steps.record(took);
        this.requeued.increment(opened);
        this.skipped.increment(passed);
    }

    void underWay(int replays) {
        this.underWay.set(replays);
    }

}
