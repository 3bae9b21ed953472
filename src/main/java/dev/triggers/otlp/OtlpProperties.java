package dev.triggers.otlp;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metrics are pushed to, by the names that OpenTelemetry gives its settings.
 *
 * @param endpoint a collector; empty: nothing is pushed
 * @param metricsEndpoint the whole URL that takes metrics, where it is not the
 * collector's usual one
 * @param protocol the one that is spoken
 * @param headers headers of each push, like {@code name=value,other=value}, with values
 * percent-encoded; they may hold secrets
 * @param intervalMillis time between pushes
 * @param serviceName the resource's {@code service.name}
 * @param resourceAttributes further attributes of the resource, written as the headers
 * are
 */
@ConfigurationProperties("triggers.otlp")
record OtlpProperties(@DefaultValue("") String endpoint, @DefaultValue("") String metricsEndpoint,
        @DefaultValue("http/protobuf") String protocol, @DefaultValue("") String headers,
        @DefaultValue("60000") int intervalMillis, @DefaultValue("triggers-api") String serviceName,
        @DefaultValue("") String resourceAttributes) {

    private static final String URL = "(https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?"
            + "(/(%[0-9A-Fa-f]{2}|[!-~&&[^%\"<>\\\\^`{|}]])*)?)?";

    private static final String PAIRS = "( *[!-~&&[^,=%]]+ *=(%[0-9A-Fa-f]{2}|[ -~&&[^,%]])*(,|$))*";

    private static final String USUAL_PATH = "/v1/metrics";

    OtlpProperties {
        require("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, URL, "a URL like http://localhost:4318");
        require("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", metricsEndpoint, URL,
                "a URL like http://localhost:4318/v1/metrics");
        require("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "(http/protobuf)?", "http/protobuf");
        require("OTEL_EXPORTER_OTLP_HEADERS", headers, PAIRS, "like name=value,other=value");
        ConfigurationException.requireBetween("OTEL_METRIC_EXPORT_INTERVAL", intervalMillis, 100, 3_600_000);
        require("OTEL_RESOURCE_ATTRIBUTES", resourceAttributes, PAIRS, "like name=value,other=value");
    }

    private static void require(String variable, String value, String form, String described) {
        if (!value.matches(form)) {
            throw new ConfigurationException(variable + " must be " + described);
        }
    }

    /**
     * Where to push; null: nowhere.
     */
    @Nullable URI target() {
        if (!this.metricsEndpoint.isEmpty()) {
            return URI.create(this.metricsEndpoint);
        }
        return this.endpoint.isEmpty() ? null : URI.create(
                (this.endpoint.endsWith("/") ? this.endpoint.substring(0, this.endpoint.length() - 1) : this.endpoint)
                        + USUAL_PATH);
    }

    Map<String, String> headersByName() {
        return pairs(this.headers);
    }

    Duration interval() {
        return Duration.ofMillis(this.intervalMillis);
    }

    Map<String, String> resource() {
        Map<String, String> resource = pairs(this.resourceAttributes);
        resource.putIfAbsent("service.name", this.serviceName.isEmpty() ? "triggers-api" : this.serviceName);
        return resource;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals).strip(),
                    URLDecoder.decode(pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return pairs;
    }

    @Override
    public String toString() {
        // The headers may hold secrets
        return "OtlpProperties[target=" + target() + "]";
    }

}
