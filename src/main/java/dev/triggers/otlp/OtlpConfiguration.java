package dev.triggers.otlp;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.triggers.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Makes what pushes, where a collector is named. Who asks for it elsewhere gets null, and
 * no class of OpenTelemetry's is loaded.
 */
@Configuration(proxyBeanMethods = false)
class OtlpConfiguration {

    @Bean
    @Nullable Telemetry telemetry(OtlpProperties properties, ConfigurableEnvironment environment, PrometheusRegistry registry,
            MeterRegistry meters, Clock clock) {
        if (!properties.pushesMetrics() && !properties.pushesTraces()) {
            return null;
        }
        return new SdkTelemetry(properties, settings(environment), registry, meters, clock);
    }

    /** Its own settings, under the names that the libraries give them. */
    private static Map<String, String> settings(ConfigurableEnvironment environment) {
        Map<String, String> settings = new HashMap<>();
        environment.getPropertySources()
            .stream()
            .filter(EnumerablePropertySource.class::isInstance)
            .map(EnumerablePropertySource.class::cast)
            .flatMap((source) -> Arrays.stream(source.getPropertyNames()))
            .filter((name) -> name.startsWith("OTEL_"))
            .forEach((name) -> {
                String value = environment.getProperty(name, "");
                if (!value.isEmpty()) {
                    settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
                }
            });
        return settings;
    }

    @Bean
    @Nullable Tracing tracing(@Nullable Telemetry telemetry) {
        return (telemetry != null) ? telemetry.tracing() : null;
    }

    /** What exemplars name; the meters are there before what pushes them. */
    @Bean
    @Nullable SpanContext exemplars(OtlpProperties properties) {
        return properties.pushesTraces() ? new LoggedSpan() : null;
    }

}
