package dev.triggers.statistics;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.statistics.EndpointStatistics.LastFailure;
import dev.triggers.web.QueryParameters;
import dev.triggers.webhook.EndpointDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Figures of an endpoint.
 */
@RestController
@Tag(name = "Webhooks")
class EndpointStatisticsController {

    private final FiguresRepository figures;

    private final EndpointDirectory directory;

    private final Clock clock;

    EndpointStatisticsController(FiguresRepository figures, EndpointDirectory directory, Clock clock) {
        this.figures = figures;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/api/webhooks/{endpoint_id}/statistics")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Figures of an endpoint's attempts", operationId = "getStatistics",
            description = """
                    Attempts that began in the last hour, by minute, in the last 24 hours or 7 days, by hour, or in the last 30 \
                    days, by day of UTC. Whatever the endpoint was sent counts, whatever types it takes now. Counts are \
                    written every five seconds; those of the last five are lost if a process is killed. Percentiles are off by \
                    a sixteenth at the most.""")
    @Parameter(name = "range", in = ParameterIn.QUERY,
            schema = @Schema(type = "string", defaultValue = "24h", allowableValues = { "1h", "24h", "7d", "30d" }))
    EndpointStatistics statistics(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID endpointId = this.directory.require(caller, id).id();
        StatisticsRange range = StatisticsRange.parse(QueryParameters.of(request).text("range"));
        Instant now = this.clock.instant();
        List<AttemptCount> counts = this.figures.attempts(endpointId, range, now);
        return EndpointStatistics.of(range, now, counts, lastFailure(caller, endpointId, counts));
    }

    private @Nullable LastFailure lastFailure(Caller caller, UUID endpointId, List<AttemptCount> counts) {
        AttemptCount latest = counts.stream()
            .filter((count) -> !count.delivered())
            .max(Comparator.comparing((count) -> count.last().at()))
            .orElse(null);
        if (latest == null) {
            return null;
        }
        LastAttempt last = latest.last();
        String error = this.figures.error(caller, endpointId, last);
        return (error != null) ? new LastFailure(last.at(), latest.outcome(), error, last.eventId(), last.number())
                : new LastFailure(last.at(), latest.outcome(), null, null, null);
    }

}
