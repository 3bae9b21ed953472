package dev.triggers.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What is read of the log.
 */
@Component
class LogMetrics {

    private final Counter pagesWithEvents;

    private final Counter emptyPages;

    private final Counter events;

    private final Counter waitsRefused;

    private final Counter pagesRefused;

    private final Counter expired;

    private final Counter reset;

    LogMetrics(MeterRegistry registry) {
        this.pagesWithEvents = pages(registry, "events");
        this.emptyPages = pages(registry, "empty");
        this.events = counter(registry, "triggers.log.events", "Events handed out by pages of the log");
        this.waitsRefused = counter(registry, "triggers.log.waits.refused",
                "Long polls of the log answered at once because all places were taken");
        this.pagesRefused = counter(registry, "triggers.log.pages.refused",
                "Pages of the log refused because too many bytes were being answered");
        this.expired = refused(registry, "expired");
        this.reset = refused(registry, "reset");
    }

    private static Counter pages(MeterRegistry registry, String result) {
        return Counter.builder("triggers.log.pages")
            .description("Pages of the log that were answered")
            .tag("result", result)
            .register(registry);
    }

    private static Counter refused(MeterRegistry registry, String reason) {
        return Counter.builder("triggers.log.cursors.refused")
            .description("Cursors that could not go on without a gap")
            .tag("reason", reason)
            .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void read(int eventCount) {
        (eventCount > 0 ? this.pagesWithEvents : this.emptyPages).increment();
        this.events.increment(eventCount);
    }

    void waitRefused() {
        this.waitsRefused.increment();
    }

    void pageRefused() {
        this.pagesRefused.increment();
    }

    void cursorExpired() {
        this.expired.increment();
    }

    void cursorReset() {
        this.reset.increment();
    }

}
