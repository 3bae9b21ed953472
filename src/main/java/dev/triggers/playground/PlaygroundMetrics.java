package dev.triggers.playground;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What playgrounds take.
 */
@Component
class PlaygroundMetrics {

    private final Counter delivered;

    private final Counter knocked;

    private final Counter refused;

    PlaygroundMetrics(MeterRegistry registry, HangingAnswers hanging) {
        this.delivered = counter(registry, "delivered");
        this.knocked = counter(registry, "outside");
        this.refused = counter(registry, "refused");
        Gauge.builder("triggers.playground.hanging", hanging, HangingAnswers::waiting)
            .description("Answers of playgrounds that somebody is kept waiting for")
            .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("triggers.playground.requests")
            .description("Requests to playgrounds: handed over, from outside, or refused")
            .tag("result", result)
            .register(registry);
    }

    void kept(Arrival arrival) {
        (arrival.handed() ? this.delivered : this.knocked).increment();
    }

    void refused() {
        this.refused.increment();
    }

}
