package dev.triggers.otlp;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.triggers.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's SDK, set up from its own settings. What it pushes of metrics is what
 * {@code /metrics} shows. It waits for no collector: what one does not take is counted,
 * and told in the log now and then.
 */
final class SdkTelemetry implements Telemetry {

    /** Less than a stop has left when everything else has ended. */
    private static final long LAST_PUSH_MILLIS = 2_000;

    private final OpenTelemetrySdk sdk;

    private final @Nullable Tracing tracing;

    SdkTelemetry(OtlpProperties properties, Map<String, String> settings, PrometheusRegistry registry,
            MeterRegistry meters, Clock clock) {
        CollectorLog.install();
        Map<String, String> given = new HashMap<>(properties.defaults());
        given.putAll(settings);
        SpanQueue spans = new SpanQueue(meters);
        try {
            this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setServiceClassLoader(SdkTelemetry.class.getClassLoader())
                .addPropertiesSupplier(() -> given)
                .addPropertiesCustomizer((config) -> properties.decided())
                .addMeterProviderCustomizer(
                        (builder, config) -> builder.registerMetricProducer(new RegistryMetrics(registry, clock)))
                .addSpanExporterCustomizer((exporter, config) -> spans.leaving(exporter))
                .addSpanProcessorCustomizer((processor, config) -> spans.entering(processor, config))
                .build()
                .getOpenTelemetrySdk();
        }
        catch (ConfigurationException ex) {
            throw new dev.triggers.settings.ConfigurationException("OTEL_… is refused: " + ex.getMessage());
        }
        this.tracing = properties.pushesTraces() ? new SdkTracing(this.sdk.getSdkTracerProvider().get("dev.triggers"))
                : null;
    }

    @Override
    public @Nullable Tracing tracing() {
        return this.tracing;
    }

    @Override
    public void close() {
        this.sdk.shutdown().join(LAST_PUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

}
