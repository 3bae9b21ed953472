package dev.triggers.organization;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.key.Cell;
import dev.triggers.key.Keyless;
import dev.triggers.key.OfAllCells;
import dev.triggers.key.Placement;
import dev.triggers.key.Tiers;
import dev.triggers.statistics.TodaysUsage;
import dev.triggers.statistics.UsageTotals;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The organizations, for their operator.
 */
@RestController
@RequestMapping("/api/admin/organizations")
@Tag(name = "Operator")
class OrganizationController {

    private static final int LONGEST_BODY = 64 * 1024;

    private final Organizations organizations;

    private final OrganizationRepository rows;

    private final Tiers tiers;

    private final TodaysUsage usage;

    private final Placement placement;

    private final Cell cell;

    private final BodyReader bodies;

    OrganizationController(Organizations organizations, OrganizationRepository rows, Tiers tiers, TodaysUsage usage,
            Placement placement, Cell cell, BodyReader bodies) {
        this.organizations = organizations;
        this.rows = rows;
        this.tiers = tiers;
        this.usage = usage;
        this.placement = placement;
        this.cell = cell;
        this.bodies = bodies;
    }

    @GetMapping
    @Keyless
    @OfAllCells("organizations")
    @Operation(operationId = "listOrganizations", summary = "List organizations",
            description = "The newest first. A page looks at 10,000 organizations at the most, so it may be short, or "
                    + "empty, and say that there is more.")
    @Parameter(name = "q", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "What the name, the external id or the metadata holds, in any case")
    @Parameter(name = "external_id", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "tier", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "state", in = ParameterIn.QUERY,
            schema = @Schema(type = "string", allowableValues = { "active", "suspended", "erasing" }))
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    OrganizationAnswer.Page list(@Parameter(hidden = true) HttpServletRequest request) {
        OrganizationPage page = this.rows.list(OrganizationFilter.read(QueryParameters.of(request)));
        UUID next = page.next();
        Map<UUID, UsageTotals> used = this.usage.of(page.organizations().stream().map(Organization::id).toList());
        return new OrganizationAnswer.Page(
                page.organizations().stream().map((organization) -> answer(organization, used)).toList(),
                (next != null) ? next.toString() : null, next != null);
    }

    @PostMapping
    @Keyless
    @Operation(operationId = "createOrganization", summary = "Make an organization",
            description = "Without a key. With an `external_id` that an organization has, the answer is 200 and that "
                    + "organization, unchanged. Where there are several cells it is made in the one that `CELL_WEIGHTS` "
                    + "gives it to, else in the one that has the fewest; `cell` says which.",
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json",
                            schema = @Schema(implementation = ToMake.class))))
    @ApiResponse(responseCode = "201", description = "It is made",
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = OrganizationAnswer.class)))
    @ApiResponse(responseCode = "200", description = "There is one of that external_id",
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = OrganizationAnswer.class)))
    @Nullable ResponseEntity<OrganizationAnswer> create(@Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException {
        byte[] body = this.bodies.read(request, LONGEST_BODY);
        JsonFields fields = JsonFields.parse(body);
        String name = PlainText.require("name", fields.requiredText("name"));
        String externalId = fields.text("external_id");
        if (externalId != null) {
            PlainText.require("external_id", externalId);
        }
        Map<String, String> metadata = Metadata.read(fields);
        String tier = this.tiers.require(fields.requiredText("tier"));
        if (this.placement.createdElsewhere(externalId, request, response, body)) {
            return null;
        }
        Organizations.Made made = this.organizations.make(name, tier, externalId,
                (metadata != null) ? metadata : Map.of());
        return ResponseEntity.status(made.created() ? HttpStatus.CREATED : HttpStatus.OK)
            .body(answer(made.organization()));
    }

    @GetMapping("/{organization_id}")
    @Keyless
    @Operation(operationId = "getOrganization", summary = "Show an organization")
    OrganizationAnswer get(@PathVariable("organization_id") String id) {
        return answer(this.organizations.find(PathId.parse("organization_id", id)));
    }

    @PatchMapping("/{organization_id}")
    @Keyless
    @Operation(operationId = "changeOrganization", summary = "Change or suspend an organization",
            description = "What is absent stays; `metadata` is replaced as a whole. While it is suspended its keys "
                    + "read, end and rotate, and anything else is 403 `organization_suspended`, on every instance "
                    + "within a second; its deliveries rest, and go on when it is not any more.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = ToChange.class))))
    OrganizationAnswer change(@PathVariable("organization_id") String organizationId,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID id = PathId.parse("organization_id", organizationId);
        this.organizations.find(id);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LONGEST_BODY));
        if (fields.has("external_id")) {
            throw ProblemException.invalid("external_id", "cannot be changed");
        }
        String name = fields.text("name");
        if (name != null) {
            PlainText.require("name", name);
        }
        Map<String, String> metadata = Metadata.read(fields);
        Boolean suspended = fields.flag("suspended");
        String tier = fields.text("tier");
        if (tier != null) {
            this.tiers.require(tier);
        }
        return answer(this.organizations.change(id, name, tier, metadata, suspended));
    }

    private OrganizationAnswer answer(Organization organization) {
        return answer(organization, this.usage.of(List.of(organization.id())));
    }

    private OrganizationAnswer answer(Organization organization, Map<UUID, UsageTotals> used) {
        return OrganizationAnswer.of(organization, this.cell, this.tiers.limitPerMinute(organization.tier()),
                used.getOrDefault(organization.id(), UsageTotals.NONE));
    }

    /**
     * What a new organization is to be.
     *
     * @param name its name
     * @param tier its tier
     * @param externalId what its operator knows it by
     * @param metadata what its operator notes of it
     */
    @Schema(name = "OrganizationToMake")
    record ToMake(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 255) String name,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String tier,
            @Schema(minLength = 1, maxLength = 255, description = "Unique") @Nullable String externalId,
            @Schema(description = "At most 32 members") @Nullable Map<String, String> metadata) {

    }

    /**
     * What is to change of an organization.
     *
     * @param name its name
     * @param tier its tier
     * @param metadata what its operator notes of it
     * @param suspended whether it is suspended
     */
    @Schema(name = "OrganizationChange")
    record ToChange(@Nullable String name, @Nullable String tier, @Nullable Map<String, String> metadata,
            @Nullable Boolean suspended) {

    }

}
