package dev.triggers.otlp;

import java.util.Map;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Writes what {@code /metrics} shows, under the same names, as OpenTelemetry's
 * {@code ExportMetricsServiceRequest}. The field numbers are those of
 * {@code opentelemetry/proto/metrics/v1/metrics.proto}.
 */
final class OtlpMetrics {

    private static final int CUMULATIVE = 2;

    private final Map<String, String> resource;

    private final long startNanos;

    /**
     * Makes a writer.
     * @param resource attributes of the process
     * @param startNanos since when it counts, in nanoseconds of the epoch
     */
    OtlpMetrics(Map<String, String> resource, long startNanos) {
        this.resource = resource;
        this.startNanos = startNanos;
    }

    byte[] write(MetricSnapshots snapshots, long nowNanos) {
        ProtobufMessage attributes = new ProtobufMessage();
        this.resource.forEach((name, value) -> attributes.message(1, attribute(name, value)));
        ProtobufMessage metrics = new ProtobufMessage().message(1, new ProtobufMessage().text(1, "dev.triggers"));
        for (MetricSnapshot snapshot : snapshots) {
            ProtobufMessage metric = metric(snapshot, nowNanos);
            if (metric != null) {
                metrics.message(2, metric);
            }
        }
        return new ProtobufMessage().message(1, new ProtobufMessage().message(1, attributes).message(2, metrics))
            .toBytes();
    }

    private @Nullable ProtobufMessage metric(MetricSnapshot snapshot, long nowNanos) {
        String name = snapshot.getMetadata().getPrometheusName();
        ProtobufMessage points = new ProtobufMessage();
        return switch (snapshot) {
            case CounterSnapshot counter -> {
                counter.getDataPoints()
                    .forEach((point) -> points.message(1, number(point, point.getValue(), nowNanos)));
                yield described(snapshot, name + "_total").message(7, points.number(2, CUMULATIVE).number(3, 1));
            }
            case GaugeSnapshot gauge -> {
                gauge.getDataPoints().forEach((point) -> points.message(1, number(point, point.getValue(), nowNanos)));
                yield described(snapshot, name).message(5, points);
            }
            case HistogramSnapshot histogram -> {
                histogram.getDataPoints().forEach((point) -> points.message(1, histogram(point, nowNanos)));
                yield described(snapshot, name).message(9, points.number(2, CUMULATIVE));
            }
            case SummarySnapshot summary -> {
                summary.getDataPoints().forEach((point) -> points.message(1, summed(point, 7, nowNanos)));
                yield described(snapshot, name).message(11, points);
            }
            // Says what is, and measures nothing
            default -> null;
        };
    }

    private static ProtobufMessage described(MetricSnapshot snapshot, String name) {
        ProtobufMessage metric = new ProtobufMessage().text(1, name);
        String help = snapshot.getMetadata().getHelp();
        return (help != null) ? metric.text(2, help) : metric;
    }

    private ProtobufMessage number(DataPointSnapshot point, double value, long nowNanos) {
        return point(point, 7, nowNanos).real(4, value);
    }

    private ProtobufMessage histogram(HistogramSnapshot.HistogramDataPointSnapshot point, long nowNanos) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        long[] counts = new long[buckets.size()];
        // Without infinity
        long[] bounds = new long[Math.max(0, buckets.size() - 1)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets.getCount(i);
            if (i < bounds.length) {
                bounds[i] = Double.doubleToRawLongBits(buckets.getUpperBound(i));
            }
        }
        return summed(point, 9, nowNanos).fixed(6, counts).fixed(7, bounds);
    }

    private ProtobufMessage summed(DistributionDataPointSnapshot point, int attributes, long nowNanos) {
        return point(point, attributes, nowNanos).fixed(4, point.getCount()).real(5, point.getSum());
    }

    private ProtobufMessage point(DataPointSnapshot point, int attributes, long nowNanos) {
        ProtobufMessage message = new ProtobufMessage().fixed(2, this.startNanos).fixed(3, nowNanos);
        for (Label label : point.getLabels()) {
            message.message(attributes, attribute(label.getName(), label.getValue()));
        }
        return message;
    }

    private static ProtobufMessage attribute(String name, String value) {
        return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().text(1, value));
    }

}
