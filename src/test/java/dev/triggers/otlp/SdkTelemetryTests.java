package dev.triggers.otlp;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.triggers.settings.ConfigurationException;
import dev.triggers.support.Receiver;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The libraries with a collector that does what collectors do, without the service.
 */
class SdkTelemetryTests {

    private static final String TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static final String METRICS = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private Telemetry telemetry(String endpoint, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("otel.exporter.otlp.endpoint", endpoint));
        settings.putAll(more);
        OtlpProperties properties = new OtlpProperties("", endpoint, "", "", "", "", "", headers(more), 100, "", "", "",
                "");
        return new SdkTelemetry(properties, settings, this.registry, this.meters, Clock.systemUTC());
    }

    private static String headers(Map<String, String> settings) {
        return settings.getOrDefault("otel.exporter.otlp.headers", "");
    }

    private static Tracing tracing(Telemetry telemetry) {
        Tracing tracing = telemetry.tracing();
        assertThat(tracing).isNotNull();
        return tracing;
    }

    private double spans(String result) {
        return this.meters.get("triggers.traces.spans").tag("result", result).counter().count();
    }

    @Test
    void collectorThatHangsHoldsNobodyUp() {
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver collector = new Receiver().answer((request, exchange) -> awaitEnd(end))) {
            Telemetry telemetry = telemetry(collector.url(""),
                    Map.of("otel.bsp.max.queue.size", "8", "otel.bsp.max.export.batch.size", "4",
                            "otel.bsp.schedule.delay", "10", "otel.metrics.exporter", "none"));
            for (int i = 0; i < 100; i++) {
                tracing(telemetry).request("GET", "/api/keys", null).end(200, "/api/keys");
            }
            // Four are with the collector at the most, and eight wait
            assertThat(spans("dropped")).isBetween(88.0, 92.0);
            assertThat(spans("exported")).isZero();
            telemetry.close();
            assertThat(spans("exported")).as("nothing was waited for in vain").isZero();
            end.countDown();
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatTheCollectorRefusesIsCounted() {
        try (Receiver collector = new Receiver().answer(403)) {
            Telemetry telemetry = telemetry(collector.url(""), Map.of("otel.bsp.schedule.delay", "10"));
            tracing(telemetry).request("GET", "/api/keys", null).end(200, "/api/keys");
            await().until(() -> spans("failed") == 1);
            collector.answer(200);
            tracing(telemetry).request("GET", "/api/keys", null).end(200, "/api/keys");
            await().until(() -> spans("exported") == 1);
            assertThat(spans("dropped")).isZero();
            telemetry.close();
        }
    }

    @Test
    void whatIsLeftIsPushedAtTheEnd() throws InvalidProtocolBufferException {
        try (Receiver collector = new Receiver()) {
            Telemetry telemetry = telemetry(collector.url("/otlp/"), Map.of());
            tracing(telemetry).request("BREW", "/api/keys", null).end(404, null);
            telemetry.close();
            Receiver.Request push = collector.requests()
                .stream()
                .filter((request) -> request.path().equals("/otlp/v1/traces"))
                .findFirst()
                .orElseThrow();
            assertThat(ExportTraceServiceRequest.parseFrom(push.bytes())
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0)
                .getName()).isEqualTo("_OTHER");
        }
    }

    @Test
    void grpcIsSpokenToo() throws InterruptedException, ExecutionException, InvalidProtocolBufferException {
        Counter counter = Counter.builder().name("answers").withoutExemplars().register(this.registry);
        counter.inc(42);
        try (GrpcCollector collector = new GrpcCollector()) {
            Telemetry telemetry = telemetry(collector.url(), Map.of("otel.exporter.otlp.protocol", "grpc",
                    "otel.bsp.schedule.delay", "10", "otel.exporter.otlp.headers", "x-team=a%20b"));
            tracing(telemetry).request("GET", "/api/keys", null).end(200, "/api/keys");
            await().until(() -> !collector.calls(TRACES).isEmpty() && !collector.calls(METRICS).isEmpty());
            GrpcCollector.Call call = collector.calls(TRACES).getFirst();
            assertThat(call.te()).isEqualTo("trailers");
            assertThat(call.team()).isEqualTo("a b");
            assertThat(ExportTraceServiceRequest.parseFrom(call.message())
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0)
                .getName()).isEqualTo("GET /api/keys");
            assertThat(ExportMetricsServiceRequest.parseFrom(collector.calls(METRICS).getFirst().message())
                .getResourceMetrics(0)
                .toString()).contains("answers_total", "as_double: 42.0");
            await().until(() -> spans("exported") == 1);
            // 7: no permission, which asking again does not change
            collector.answer(7);
            tracing(telemetry).request("GET", "/api/keys", null).end(200, "/api/keys");
            await().until(() -> spans("failed") == 1);
            telemetry.close();
        }
    }

    @Test
    void samplerDecidesWhatIsKeptWhereTheClientDidNot() {
        String none = "";
        String kept = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String notKept = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        assertThat(List.of(sampled("parentbased_always_on", "1", none), sampled("parentbased_always_on", "1", kept),
                sampled("parentbased_always_on", "1", notKept)))
            .containsExactly("sampled", "sampled", "handed on");
        String ratio = "parentbased_traceidratio";
        assertThat(List.of(sampled(ratio, "0", none), sampled(ratio, "0", kept), sampled(ratio, "1", none),
                sampled(ratio, "1", notKept)))
            .containsExactly("nothing", "sampled", "sampled", "handed on");
        assertThat(List.of(sampled("always_off", "1", none), sampled("always_off", "1", kept),
                sampled("always_on", "1", notKept)))
            .containsExactly("nothing", "handed on", "sampled");
    }

    private String sampled(String sampler, String argument, String traceparent) {
        Map<String, String> settings = Map.of("otel.traces.sampler", sampler, "otel.traces.sampler.arg", argument,
                "otel.metrics.exporter", "none");
        try (Telemetry telemetry = telemetry("http://localhost:1", settings)) {
            TraceContext context = tracing(telemetry).request("POST", "/api/events", TraceContext.parse(traceparent))
                .context();
            if (context == null) {
                return "nothing";
            }
            return context.sampled() ? "sampled" : "handed on";
        }
    }

    @Test
    void settingsThatTheLibrariesRefuseAreTold() {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> telemetry("http://localhost:1", Map.of("otel.bsp.schedule.delay", "soon")))
            .withMessageContaining("otel.bsp.schedule.delay");
    }

    @Test
    void nothingIsPushedUnlessACollectorIsNamedAndAsFarAsItIsWanted() {
        assertThat(properties("", "http://c:4318", "", "", "", ""))
            .isEqualTo("OtlpProperties[metrics=true, traces=true]");
        assertThat(properties("", "", "", "", "", "")).isEqualTo("OtlpProperties[metrics=false, traces=false]");
        assertThat(properties("TRUE", "http://c:4318", "http://c/m", "http://c/t", "", ""))
            .isEqualTo("OtlpProperties[metrics=false, traces=false]");
        assertThat(properties("false", "", "http://c/m", "", "", ""))
            .isEqualTo("OtlpProperties[metrics=true, traces=false]");
        assertThat(properties("", "", "", "http://c/t", "", ""))
            .isEqualTo("OtlpProperties[metrics=false, traces=true]");
        assertThat(properties("", "http://c:4318", "", "", "none", "otlp"))
            .isEqualTo("OtlpProperties[metrics=false, traces=true]");
        assertThat(properties("", "http://c:4318", "", "", "", "none"))
            .isEqualTo("OtlpProperties[metrics=true, traces=false]");
    }

    private static String properties(String disabled, String endpoint, String metrics, String traces,
            String metricsExporter, String tracesExporter) {
        return new OtlpProperties(disabled, endpoint, metrics, traces, metricsExporter, tracesExporter, "", "a=s3cret",
                60_000, "", "", "", "")
            .toString();
    }

}
