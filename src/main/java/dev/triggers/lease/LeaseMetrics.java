package dev.triggers.lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What consumers lease, and what comes back.
 */
@Component
class LeaseMetrics {

    private final Counter first;

    private final Counter again;

    private final Counter ended;

    private final Counter extended;

    private final Counter released;

    private final Counter refused;

    LeaseMetrics(MeterRegistry registry) {
        this.first = leased(registry, "first");
        this.again = leased(registry, "again");
        this.ended = counter(registry, "triggers.lease.ended", "Events whose lease was found to have run out");
        this.extended = counter(registry, "triggers.lease.extended", "Leases that were extended");
        this.released = counter(registry, "triggers.lease.released", "Events that were given back");
        this.refused = counter(registry, "triggers.lease.refused",
                "Leases refused because too many bytes were being answered");
    }

    private static Counter leased(MeterRegistry registry, String receives) {
        return Counter.builder("triggers.lease.events")
            .description("Events leased, for the first time or again")
            .tag("receives", receives)
            .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void leased(LeaseAnswer answer) {
        int repeated = (int) answer.events().stream().filter((item) -> item.receives() > 1).count();
        this.first.increment(answer.count() - repeated);
        this.again.increment(repeated);
    }

    void ended(int events) {
        this.ended.increment(events);
    }

    void extended() {
        this.extended.increment();
    }

    void released(int events) {
        this.released.increment(events);
    }

    void refused() {
        this.refused.increment();
    }

}
