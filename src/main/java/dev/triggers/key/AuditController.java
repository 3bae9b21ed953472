package dev.triggers.key;

import java.util.UUID;

import dev.triggers.audit.AuditEntry;
import dev.triggers.audit.AuditFilter;
import dev.triggers.audit.AuditPages;
import dev.triggers.web.PathId;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who did what: of an organization, and of all of them for the operator.
 */
@RestController
class AuditController {

    private final AuditPages pages;

    AuditController(AuditPages pages) {
        this.pages = pages;
    }

    @GetMapping("/api/audit")
    @Requires(Scope.KEYS_WRITE)
    @Tag(name = "Keys")
    @Operation(operationId = "listAudit", summary = "Who changed what",
            description = "Changes of keys, sessions, endpoints and secrets, each reading of a secret, and replays, the "
                    + "latest first: written with the change itself. A page looks at 10,000 entries at the most.")
    @Parameter(name = "action", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "target", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "since", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "until", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    AuditEntry.Page own(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        return this.pages.list(AuditFilter.read(QueryParameters.of(request), caller.organizationId()));
    }

    @GetMapping("/api/admin/audit")
    @Keyless
    @OfAllCells("entries")
    @Tag(name = "Operator")
    @Operation(operationId = "listServiceAudit", summary = "Who changed what, of all organizations",
            description = "As an organization sees it, the latest first.")
    @Parameter(name = "organization_id", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "uuid"))
    @Parameter(name = "action", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "target", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "since", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "until", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    AuditEntry.Page all(@Parameter(hidden = true) HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request);
        String organization = query.text("organization_id");
        UUID id = (organization != null) ? PathId.parse("organization_id", organization) : null;
        return this.pages.list(AuditFilter.read(query, id));
    }

}
