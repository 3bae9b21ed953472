package dev.triggers.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What searching costs.
 */
@Component
class SearchMetrics {

    private final Counter answered;

    private final Counter refused;

    private final Counter timedOut;

    private final Counter looked;

    SearchMetrics(MeterRegistry registry) {
        this.answered = outcome(registry, "answered");
        this.refused = outcome(registry, "refused");
        this.timedOut = outcome(registry, "timed_out");
        this.looked = Counter.builder("triggers.search.events")
            .description("Events that searches looked at")
            .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("triggers.searches")
            .description("Searches, by what became of them")
            .tag("outcome", outcome)
            .register(registry);
    }

    void searched(long events) {
        this.answered.increment();
        this.looked.increment((double) events);
    }

    void refused() {
        this.refused.increment();
    }

    void timedOut() {
        this.timedOut.increment();
    }

}
