package dev.triggers.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * The meters of ingest.
 */
@Component
class EventMetrics {

    private final MeterRegistry registry;

    private final Counter accepted;

    private final Counter duplicates;

    private final Counter rejected;

    private final Counter unavailable;

    private final Counter bufferFull;

    private final Timer latency;

    private final DistributionSummary batchSize;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = events(registry, "accepted");
        this.duplicates = events(registry, "duplicate");
        this.rejected = events(registry, "rejected");
        this.unavailable = events(registry, "unavailable");
        this.bufferFull = Counter.builder("triggers.ingest.buffer.full")
            .description("Requests refused because the ingest buffer was full")
            .register(registry);
        this.latency = Timer.builder("triggers.ingest.latency")
            .description("From validation to the answer after the commit")
            .serviceLevelObjectives(millis(1), millis(2), millis(5), millis(10), millis(25), millis(50), millis(100),
                    millis(250), millis(1000), millis(2500))
            .register(registry);
        this.batchSize = DistributionSummary.builder("triggers.ingest.batch.size")
            .description("Events stored by one commit")
            .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 250, 500)
            .register(registry);
    }

    void watch(IngestBuffer buffer) {
        Gauge.builder("triggers.ingest.buffer.events", buffer, IngestBuffer::events)
            .description("Events waiting to be stored, or being stored")
            .register(this.registry);
        Gauge.builder("triggers.ingest.buffer.bytes", buffer, IngestBuffer::bytes)
            .description("What they weigh")
            .register(this.registry);
    }

    void batch(int events) {
        this.batchSize.record(events);
    }

    void ingested(IngestResult[] results, long nanos) {
        this.latency.record(nanos, TimeUnit.NANOSECONDS);
        for (IngestResult result : results) {
            switch (result) {
                case IngestResult.Accepted _ -> this.accepted.increment();
                case IngestResult.Duplicate _ -> this.duplicates.increment();
                case IngestResult.Rejected _ -> this.rejected.increment();
                case IngestResult.Unavailable _ -> this.unavailable.increment();
            }
        }
    }

    void refused() {
        this.rejected.increment();
    }

    void bufferFull() {
        this.bufferFull.increment();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Counter events(MeterRegistry registry, String result) {
        return Counter.builder("triggers.events")
            .description("Events posted, by what became of them")
            .tag("result", result)
            .register(registry);
    }

}
