package dev.triggers.statistics;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.triggers.key.Caller;
import dev.triggers.key.Keyless;
import dev.triggers.key.OfAllCells;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.PathId;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What organizations use.
 */
@RestController
class UsageController {

    private final UsageRepository usage;

    private final Clock clock;

    UsageController(UsageRepository usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    @GetMapping("/api/usage")
    @Requires(Scope.EVENTS_READ)
    @Tag(name = "Events")
    @Operation(operationId = "getUsage", summary = "What the organization uses",
            description = "By hour of the last 8 days or by day (UTC) of the last 400, the last 24 hours or 30 days "
                    + "unless `from` says otherwise; steps without any use are left out. What is older is not kept, "
                    + "and `from` in the answer says where it begins. Counts are written every five seconds; those of "
                    + "the last ten are lost if a process is killed.")
    @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "step", in = ParameterIn.QUERY,
            schema = @Schema(type = "string", defaultValue = "hour", allowableValues = { "hour", "day" }))
    Usage own(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        UsageStep.Range range = UsageStep.Range.of(QueryParameters.of(request), UsageStep.HOUR, this.clock.instant());
        List<UsageTotals.Step> steps = this.usage.steps(caller.organizationId(), range);
        return new Usage(range.from(), range.to(), range.step().unit(),
                steps.stream().map(UsageTotals.Step::totals).reduce(UsageTotals.NONE, UsageTotals::plus),
                steps.stream().map(Step::of).toList());
    }

    @GetMapping("/api/admin/usage")
    @Keyless
    @OfAllCells(value = "organizations", id = "organization_id")
    @Tag(name = "Operator")
    @Operation(operationId = "listUsage", summary = "What the organizations use",
            description = "Totals of each, the newest organization first; of the last 30 days unless `from` says "
                    + "otherwise.")
    @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "step", in = ParameterIn.QUERY, description = "What from and to are rounded to",
            schema = @Schema(type = "string", defaultValue = "day", allowableValues = { "hour", "day" }))
    @Parameter(name = "organization_id", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "uuid"))
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    UsagePage all(@Parameter(hidden = true) HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request);
        UsageStep.Range range = UsageStep.Range.of(query, UsageStep.DAY, this.clock.instant());
        int limit = query.clamped("limit", 100, 1, 1000);
        List<UUID> found = this.usage.organizations(id(query, "organization_id"), id(query, "cursor"), limit + 1);
        boolean more = found.size() > limit;
        List<UUID> ids = more ? found.subList(0, limit) : found;
        Map<UUID, UsageTotals> totals = ids.isEmpty() ? Map.of() : this.usage.totals(ids, range);
        return new UsagePage(range.from(), range.to(),
                ids.stream().map((id) -> new OrganizationUsage(id, totals.getOrDefault(id, UsageTotals.NONE))).toList(),
                more ? ids.getLast().toString() : null, more, null);
    }

    private static @Nullable UUID id(QueryParameters query, String name) {
        String text = query.text(name);
        return (text != null) ? PathId.parse(name, text) : null;
    }

    /**
     * What an organization used.
     *
     * @param from when the first step begins
     * @param to when the last one ends
     * @param step hour or day
     * @param totals all of it
     * @param steps those in which there was any, the earliest first
     */
    @Schema(name = "Usage")
    record Usage(Instant from, Instant to, String step, UsageTotals totals, List<Step> steps) {

    }

    /**
     * What was used within an hour or a day of UTC.
     */
    @Schema(name = "UsageStep")
    record Step(Instant start, long accepted, long duplicates, long rejected, long bytes, long attempts, long delivered,
            long dead, long reads) {

        static Step of(UsageTotals.Step step) {
            UsageTotals totals = step.totals();
            return new Step(step.start(), totals.accepted(), totals.duplicates(), totals.rejected(), totals.bytes(),
                    totals.attempts(), totals.delivered(), totals.dead(), totals.reads());
        }

    }

    /**
     * What one of the organizations used.
     *
     * @param organizationId the organization
     * @param totals all of it
     */
    @Schema(name = "OrganizationUsage")
    record OrganizationUsage(UUID organizationId, UsageTotals totals) {

    }

    /**
     * What some organizations used.
     *
     * @param from since when
     * @param to until when
     * @param organizations the newest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there are more
     * @param unreachableCells whose part is missing; absent where there is one cell
     */
    @Schema(name = "UsageList")
    record UsagePage(Instant from, Instant to, List<OrganizationUsage> organizations, @Nullable String nextCursor,
            boolean hasMore, @JsonInclude(Include.NON_NULL) @Nullable List<String> unreachableCells) {

    }

}
