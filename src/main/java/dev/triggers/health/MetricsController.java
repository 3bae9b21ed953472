package dev.triggers.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the metrics to Prometheus, as text, or in
 * <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics</a> where
 * Accept asks for it. The actuator does the same, with an infrastructure for endpoints of
 * any kind that takes a part of each start.
 */
@RestController
@Tag(name = "Operations")
@SecurityRequirements
class MetricsController {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    /** About what the last answer took. */
    private volatile int size = 64 * 1024;

    MetricsController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping("/metrics")
    @Operation(operationId = "metrics", summary = "Show the metrics", responses = @ApiResponse(responseCode = "200",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))))
    void metrics(@Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response) throws IOException {
        String format = (accept != null && accept.contains("application/openmetrics-text")) ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream answer = new ByteArrayOutputStream(this.size + 1024);
        this.registry.scrape(answer, format);
        this.size = answer.size();
        response.setContentType(format);
        response.setContentLength(answer.size());
        answer.writeTo(response.getOutputStream());
    }

}
