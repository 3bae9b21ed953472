package dev.triggers.otlp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics} shows, under the same names. It is counted since the start: what
 * a collector misses it hears with the next push.
 */
final class RegistryMetrics implements MetricProducer {

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.triggers");

    private final PrometheusRegistry registry;

    private final Clock clock;

    private final long start;

    RegistryMetrics(PrometheusRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.start = nanos(clock.instant());
    }

    @Override
    public Collection<MetricData> produce(Resource resource) {
        long now = nanos(this.clock.instant());
        List<MetricData> metrics = new ArrayList<>();
        for (MetricSnapshot snapshot : this.registry.scrape()) {
            MetricData metric = metric(resource, snapshot, now);
            if (metric != null) {
                metrics.add(metric);
            }
        }
        return metrics;
    }

    private @Nullable MetricData metric(Resource resource, MetricSnapshot snapshot, long now) {
        String name = snapshot.getMetadata().getPrometheusName();
        return switch (snapshot) {
            case CounterSnapshot counter -> metric(resource, snapshot, name + "_total", MetricDataType.DOUBLE_SUM,
                    SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE,
                            points(counter.getDataPoints(), (point) -> number(point, point.getValue(), now))));
            case GaugeSnapshot gauge -> metric(resource, snapshot, name, MetricDataType.DOUBLE_GAUGE, GaugeData
                .createDoubleGaugeData(points(gauge.getDataPoints(), (point) -> number(point, point.getValue(), now))));
            case HistogramSnapshot histogram -> metric(resource, snapshot, name, MetricDataType.HISTOGRAM,
                    HistogramData.create(AggregationTemporality.CUMULATIVE,
                            points(histogram.getDataPoints(), (point) -> histogram(point, now))));
            case SummarySnapshot summary -> metric(resource, snapshot, name, MetricDataType.SUMMARY,
                    SummaryData.create(points(summary.getDataPoints(), (point) -> SummaryPointData.create(this.start,
                            now, attributes(point), point.getCount(), point.getSum(), List.of()))));
            // Says what is, and measures nothing
            default -> null;
        };
    }

    private static MetricData metric(Resource resource, MetricSnapshot snapshot, String name, MetricDataType type,
            Data<?> data) {
        String help = snapshot.getMetadata().getHelp();
        return new Metric(resource, name, (help != null) ? help : "", type, data);
    }

    private static <T, R> List<R> points(List<T> points, Function<T, R> convert) {
        return points.stream().map(convert).toList();
    }

    private DoublePointData number(DataPointSnapshot point, double value, long now) {
        return DoublePointData.create(this.start, now, attributes(point), value, List.of());
    }

    private HistogramPointData histogram(HistogramDataPointSnapshot point, long now) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            counts.add(buckets.getCount(i));
            // Without infinity
            if (i + 1 < buckets.size()) {
                bounds.add(buckets.getUpperBound(i));
            }
        }
        return HistogramPointData.create(this.start, now, attributes(point), point.getSum(), false, 0, false, 0, bounds,
                counts.isEmpty() ? List.of(point.getCount()) : counts);
    }

    private static Attributes attributes(DataPointSnapshot point) {
        AttributesBuilder attributes = Attributes.builder();
        for (Label label : point.getLabels()) {
            attributes.put(label.getName(), label.getValue());
        }
        return attributes.build();
    }

    private static long nanos(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos();
    }

    /** One metric as the library wants to see it. */
    private record Metric(Resource resource, String name, String description, MetricDataType type,
            Data<?> data) implements MetricData {

        @Override
        public Resource getResource() {
            return this.resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return SCOPE;
        }

        @Override
        public String getName() {
            return this.name;
        }

        @Override
        public String getDescription() {
            return this.description;
        }

        @Override
        public String getUnit() {
            return "";
        }

        @Override
        public MetricDataType getType() {
            return this.type;
        }

        @Override
        public Data<?> getData() {
            return this.data;
        }

    }

}
