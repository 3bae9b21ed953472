package dev.triggers.statistics;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.QueryParameters;
import dev.triggers.webhook.EndpointRepository;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Figures of an organization.
 */
@RestController
@Tag(name = "Events")
class OrganizationStatisticsController {

    /** Endpoints that are looked at. */
    private static final int MOST_ENDPOINTS = 1_000;

    private final FiguresRepository figures;

    private final EndpointRepository endpoints;

    private final Clock clock;

    OrganizationStatisticsController(FiguresRepository figures, EndpointRepository endpoints, Clock clock) {
        this.figures = figures;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @GetMapping("/api/statistics")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Figures of the organization", operationId = "getOrganizationStatistics", description = """
            What was accepted, delivered and failed in the last hour, by minute, in the last 24 hours or 7 days, by \
            hour, or in the last 30 days, by day of UTC; which endpoints fail now, and since when the oldest delivery \
            has been due, of the first 1,000 endpoints. A key that is held to types or endpoints gets the figures of \
            its own endpoints, and accepted is null if it is held to types. Counts are written every five seconds; \
            those of the last five are lost if a process is killed.""")
    @Parameter(name = "range", in = ParameterIn.QUERY,
            schema = @Schema(type = "string", defaultValue = "24h", allowableValues = { "1h", "24h", "7d", "30d" }))
    OrganizationStatistics statistics(@Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request) {
        StatisticsRange range = StatisticsRange.parse(QueryParameters.of(request).text("range"));
        Instant now = this.clock.instant();
        List<UUID> own = this.endpoints.ids(caller, MOST_ENDPOINTS);
        return OrganizationStatistics.of(range, now, counts(caller, own, range, now), caller.types().isEvery(),
                this.figures.failing(own), this.figures.oldestDue(own));
    }

    private List<OrganizationCount> counts(Caller caller, List<UUID> own, StatisticsRange range, Instant now) {
        List<OrganizationCount> all = this.figures.organization(caller.organizationId(), range, now);
        if (caller.types().isEvery() && caller.endpoints().isEvery()) {
            return all;
        }
        List<OrganizationCount> counts = new ArrayList<>(this.figures.endpoints(own, range, now));
        if (caller.types().isEvery()) {
            all.forEach((count) -> counts.add(count.acceptedAlone()));
        }
        return counts;
    }

}
