package dev.triggers.otlp;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What arrives at a collector, read by OpenTelemetry's own library.
 */
class OtlpExportTests {

    private static Receiver collector;

    private static Instance instance;

    @BeforeAll
    static void start() {
        collector = new Receiver();
        String url = collector.url("");
        instance = Instance.start(PostgresServer.newDatabase(),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url, "OTEL_METRIC_EXPORT_INTERVAL", "100",
                        "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20s3cret,x-team=a+b", "OTEL_SERVICE_NAME",
                        "orders", "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test"));
    }

    @AfterAll
    static void stop() {
        instance.close();
        collector.close();
    }

    @Test
    void metersArriveWithTheirValuesLabelsAndBuckets() {
        String key = instance.api().newKey();
        instance.api().postEvent(key, "a", "1");
        instance.api().get("/api/keys", "nonsense");
        // A push may be made up while the event is being counted.
        ResourceMetrics arrived = await().until(OtlpExportTests::last,
                (metrics) -> metric(metrics, "triggers_events_total").getSum()
                    .getDataPointsList()
                    .stream()
                    .anyMatch((point) -> point.getAsDouble() == 1)
                        && metric(metrics, "triggers_ingest_latency_seconds").getHistogram()
                            .getDataPointsList()
                            .stream()
                            .anyMatch((point) -> point.getCount() == 1));
        assertThat(attributes(arrived.getResource().getAttributesList()))
            .containsOnly(Map.entry("service.name", "orders"), Map.entry("deployment.environment", "test"));
        Metric events = metric(arrived, "triggers_events_total");
        assertThat(events.getDescription()).isEqualTo("Events posted, by what became of them");
        assertThat(events.getSum().getIsMonotonic()).isTrue();
        assertThat(events.getSum().getAggregationTemporality())
            .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(events.getSum().getDataPointsList()).hasSize(4).allSatisfy((point) -> {
            boolean accepted = attributes(point.getAttributesList()).containsValue("accepted");
            assertThat(point.getAsDouble()).isEqualTo(accepted ? 1 : 0);
            assertThat(point.getStartTimeUnixNano()).isPositive().isLessThan(point.getTimeUnixNano());
        });
        HistogramDataPoint latency = metric(arrived, "triggers_ingest_latency_seconds").getHistogram().getDataPoints(0);
        assertThat(latency.getCount()).isOne();
        assertThat(latency.getSum()).isPositive();
        assertThat(latency.getExplicitBoundsList()).startsWith(0.001, 0.002).endsWith(2.5);
        assertThat(latency.getBucketCountsList()).hasSize(latency.getExplicitBoundsCount() + 1);
        assertThat(latency.getBucketCountsList().stream().mapToLong(Long::longValue).sum()).isOne();
        List<NumberDataPoint> listening = metric(arrived, "database_listening").getGauge().getDataPointsList();
        assertThat(listening).hasSize(1);
        assertThat(metric(arrived, "key_hashes_seconds").getSummary().getDataPointsList())
            .anySatisfy((point) -> assertThat(point.getCount()).isPositive());
    }

    @Test
    void pushesAreAddressedAsTheSettingsSay() {
        Receiver.Request push = await().until(collector::requests, (requests) -> !requests.isEmpty()).getFirst();
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.path()).isEqualTo("/v1/metrics");
        assertThat(push.header("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(push.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(push.header("x-team")).isEqualTo("a+b");
    }

    @Test
    void collectorThatFailedIsPushedToAgain() {
        collector.answer(503);
        int before = collector.requests().size();
        await().until(() -> collector.requests().size() >= before + 2);
        collector.answer(200);
        int after = collector.requests().size();
        await().until(() -> collector.requests().size() >= after + 2);
    }

    @Test
    void withoutACollectorNothingRuns() {
        OtlpExport export = new OtlpExport(properties("", ""), new PrometheusRegistry(), Clock.systemUTC());
        export.start();
        assertThat(export.isRunning()).isFalse();
    }

    @Test
    void targetIsTheCollectorsUsualOneUnlessTheWholeOfItIsNamed() {
        assertThat(properties("http://c:4318", "").target()).hasToString("http://c:4318/v1/metrics");
        assertThat(properties("https://c/otlp/", "").target()).hasToString("https://c/otlp/v1/metrics");
        assertThat(properties("http://c:4318", "http://m/push").target()).hasToString("http://m/push");
        assertThat(properties("", "").target()).isNull();
    }

    @Test
    void headersAreNeverShown() {
        assertThat(properties("http://c:4318", "").toString()).doesNotContain("s3cret");
    }

    private static OtlpProperties properties(String endpoint, String metricsEndpoint) {
        return new OtlpProperties(endpoint, metricsEndpoint, "http/protobuf", "a=s3cret", 60_000, "triggers-api", "");
    }

    private static ResourceMetrics last() throws InvalidProtocolBufferException {
        List<Receiver.Request> pushes = collector.requests();
        return pushes.isEmpty() ? ResourceMetrics.getDefaultInstance()
                : ExportMetricsServiceRequest.parseFrom(pushes.getLast().bytes()).getResourceMetrics(0);
    }

    private static Metric metric(ResourceMetrics metrics, String name) {
        return metrics.getScopeMetricsList()
            .stream()
            .flatMap((scope) -> scope.getMetricsList().stream())
            .filter((metric) -> metric.getName().equals(name))
            .findFirst()
            .orElse(Metric.getDefaultInstance());
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
            .collect(Collectors.toMap(KeyValue::getKey, (entry) -> entry.getValue().getStringValue()));
    }

}
