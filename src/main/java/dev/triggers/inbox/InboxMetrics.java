package dev.triggers.inbox;

import dev.triggers.event.ArrivalSignals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What is polled and acknowledged.
 */
@Component
class InboxMetrics {

    private final Counter pagesWithEvents;

    private final Counter emptyPages;

    private final Counter events;

    private final Counter acknowledged;

    private final Counter waitsRefused;

    private final Counter pagesRefused;

    InboxMetrics(MeterRegistry registry, ArrivalSignals signals, PageBudget budget) {
        this.pagesWithEvents = polls(registry, "events");
        this.emptyPages = polls(registry, "empty");
        this.events = counter(registry, "triggers.inbox.events", "Events handed out by polls");
        this.acknowledged = counter(registry, "triggers.inbox.acknowledged",
                "Acknowledgements taken, repeated ones included");
        this.waitsRefused = counter(registry, "triggers.inbox.waits.refused",
                "Long polls answered at once because all places were taken");
        this.pagesRefused = counter(registry, "triggers.inbox.pages.refused",
                "Pages refused because too many bytes were being answered");
        Gauge.builder("triggers.inbox.waiting", signals, ArrivalSignals::waiting)
            .description("Long polls that wait for events")
            .register(registry);
        Gauge.builder("triggers.inbox.page.bytes", budget, PageBudget::taken)
            .description("Bytes of pages that are being answered")
            .register(registry);
    }

    private static Counter polls(MeterRegistry registry, String result) {
        return Counter.builder("triggers.inbox.polls")
            .description("Pages of the inbox that were answered")
            .tag("result", result)
            .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void polled(int eventCount) {
        (eventCount > 0 ? this.pagesWithEvents : this.emptyPages).increment();
        this.events.increment(eventCount);
    }

    void acknowledged(int eventCount) {
        this.acknowledged.increment(eventCount);
    }

    void waitRefused() {
        this.waitsRefused.increment();
    }

    void pageRefused() {
        this.pagesRefused.increment();
    }

}
