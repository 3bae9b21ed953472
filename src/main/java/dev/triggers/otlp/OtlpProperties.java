package dev.triggers.otlp;

import java.util.HashMap;
import java.util.Map;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metrics and traces are pushed to, by the names that OpenTelemetry gives its
 * settings. What is not here its libraries read themselves.
 *
 * @param disabled whether nothing is pushed after all
 * @param endpoint a collector; empty: there is none
 * @param metricsEndpoint the whole URL that takes metrics, where it is not the
 * collector's usual one
 * @param tracesEndpoint the same for traces
 * @param metricsExporter {@code none}: no metrics are pushed
 * @param tracesExporter {@code none}: there are no traces
 * @param protocol the one that is spoken
 * @param headers headers of each push, like {@code name=value,other=value}, with values
 * percent-encoded; they may hold secrets
 * @param intervalMillis time between pushes of metrics
 * @param sampler which traces are kept
 * @param samplerArg how many of them, where that is a ratio
 * @param serviceName what the service is called there
 * @param resourceAttributes further attributes of the resource, written as the headers
 * are
 */
@ConfigurationProperties("triggers.otlp")
record OtlpProperties(@DefaultValue("") String disabled, @DefaultValue("") String endpoint,
        @DefaultValue("") String metricsEndpoint, @DefaultValue("") String tracesEndpoint,
        @DefaultValue("") String metricsExporter, @DefaultValue("") String tracesExporter,
        @DefaultValue("") String protocol, @DefaultValue("") String headers, @DefaultValue("60000") int intervalMillis,
        @DefaultValue("") String sampler, @DefaultValue("") String samplerArg,
        @DefaultValue("triggers-api") String serviceName, @DefaultValue("") String resourceAttributes) {

    private static final String URL = "(https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?"
            + "(/(%[0-9A-Fa-f]{2}|[!-~&&[^%\"<>\\\\^`{|}]])*)?)?";

    private static final String PAIRS = "( *[!-~&&[^,=%]]+ *=(%[0-9A-Fa-f]{2}|[ -~&&[^,%]])*(,|$))*";

    private static final String EXPORTER = "(otlp|none)?";

    OtlpProperties {
        require("OTEL_SDK_DISABLED", disabled, "(?i)(true|false)?", "true or false");
        require("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, URL, "a URL like http://localhost:4318");
        require("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", metricsEndpoint, URL,
                "a URL like http://localhost:4318/v1/metrics");
        require("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", tracesEndpoint, URL,
                "a URL like http://localhost:4318/v1/traces");
        require("OTEL_METRICS_EXPORTER", metricsExporter, EXPORTER, "otlp or none");
        require("OTEL_TRACES_EXPORTER", tracesExporter, EXPORTER, "otlp or none");
        require("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "(http/protobuf|grpc)?", "http/protobuf or grpc");
        require("OTEL_EXPORTER_OTLP_HEADERS", headers, PAIRS, "like name=value,other=value");
        ConfigurationException.requireBetween("OTEL_METRIC_EXPORT_INTERVAL", intervalMillis, 100, 3_600_000);
        require("OTEL_TRACES_SAMPLER", sampler, "((parentbased_)?(always_on|always_off|traceidratio))?",
                "always_on, always_off or traceidratio, or one of these behind parentbased_");
        require("OTEL_TRACES_SAMPLER_ARG", samplerArg, "(0|1|[01]\\.0*|0?\\.[0-9]+)?", "a number from 0 to 1");
        require("OTEL_RESOURCE_ATTRIBUTES", resourceAttributes, PAIRS, "like name=value,other=value");
    }

    private static void require(String variable, String value, String form, String described) {
        if (!value.matches(form)) {
            throw new ConfigurationException(variable + " must be " + described);
        }
    }

    boolean pushesMetrics() {
        return pushes(this.metricsEndpoint, this.metricsExporter);
    }

    boolean pushesTraces() {
        return pushes(this.tracesEndpoint, this.tracesExporter);
    }

    private boolean pushes(String ownEndpoint, String exporter) {
        return !this.disabled.equalsIgnoreCase("true") && !exporter.equals("none")
                && !(this.endpoint.isEmpty() && ownEndpoint.isEmpty());
    }

    /** What holds where nothing else is set, by the names of the libraries. */
    Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        // A commit is linked to as many requests as share it
        defaults.put("otel.span.link.count.limit", "1024");
        if (!this.resourceAttributes.matches("(.*,)? *service\\.name *=.*")) {
            defaults.put("otel.service.name", this.serviceName.isEmpty() ? "triggers-api" : this.serviceName);
        }
        return defaults;
    }

    /** What holds whatever else is set. */
    Map<String, String> decided() {
        Map<String, String> decided = new HashMap<>(Map.of("otel.metrics.exporter", pushesMetrics() ? "otlp" : "none",
                "otel.traces.exporter", pushesTraces() ? "otlp" : "none", "otel.logs.exporter", "none",
                "otel.propagators", "none", "otel.metric.export.interval", Integer.toString(this.intervalMillis)));
        if (!this.headers.isEmpty()) {
            // Percent-encoding alone is undone, as the specification has it: a token may
            // hold a plus
            decided.put("otel.exporter.otlp.headers", this.headers.replace("+", "%2B"));
        }
        return decided;
    }

    @Override
    public String toString() {
        // The headers may hold secrets
        return "OtlpProperties[metrics=" + pushesMetrics() + ", traces=" + pushesTraces() + "]";
    }

}
