package dev.triggers.otlp;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Counts the spans that go into the queue and leave it. It lets no more in than it holds,
 * so that each that is lost is known.
 */
final class SpanQueue {

    private static final int USUAL_SIZE = 2_048;

    private final AtomicInteger waiting = new AtomicInteger();

    private final Counter exported;

    private final Counter failed;

    private final Counter dropped;

    SpanQueue(MeterRegistry meters) {
        this.exported = counter(meters, "exported");
        this.failed = counter(meters, "failed");
        this.dropped = counter(meters, "dropped");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("triggers.traces.spans")
            .description("Spans, by what became of them")
            .tag("result", result)
            .register(meters);
    }

    SpanProcessor entering(SpanProcessor processor, ConfigProperties config) {
        return new Entry(processor, config.getInt("otel.bsp.max.queue.size", USUAL_SIZE));
    }

    SpanExporter leaving(SpanExporter exporter) {
        return new Exit(exporter);
    }

    /** Stands before the queue. */
    private final class Entry implements SpanProcessor {

        private final SpanProcessor queue;

        private final int size;

        Entry(SpanProcessor queue, int size) {
            this.queue = queue;
            this.size = size;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            this.queue.onStart(parent, span);
        }

        @Override
        public boolean isStartRequired() {
            return this.queue.isStartRequired();
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (!span.getSpanContext().isSampled()) {
                return;
            }
            if (SpanQueue.this.waiting.incrementAndGet() > this.size) {
                SpanQueue.this.waiting.decrementAndGet();
                SpanQueue.this.dropped.increment();
                return;
            }
            this.queue.onEnd(span);
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            return this.queue.shutdown();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return this.queue.forceFlush();
        }

    }

    /** Stands behind the queue. */
    private final class Exit implements SpanExporter {

        private final SpanExporter exporter;

        Exit(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            SpanQueue.this.waiting.addAndGet(-count);
            CompletableResultCode result = this.exporter.export(spans);
            result.whenComplete(
                    () -> (result.isSuccess() ? SpanQueue.this.exported : SpanQueue.this.failed).increment(count));
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return this.exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return this.exporter.shutdown();
        }

    }

}
