package dev.triggers.organization;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.triggers.key.Keyless;
import dev.triggers.key.OfAllCells;
import dev.triggers.key.Placement;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Erasing organizations, for their operator.
 */
@RestController
@RequestMapping("/api/admin/erasures")
@Tag(name = "Operator")
class ErasureController {

    private static final int LONGEST_BODY = 16 * 1024;

    private final Erasures erasures;

    private final ErasureRepository rows;

    private final Placement placement;

    private final BodyReader bodies;

    ErasureController(Erasures erasures, ErasureRepository rows, Placement placement, BodyReader bodies) {
        this.erasures = erasures;
        this.rows = rows;
        this.placement = placement;
        this.bodies = bodies;
    }

    @PostMapping
    @Keyless
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "eraseOrganization", summary = "Erase an organization",
            description = "For good, and all that it has: its keys end at once, its rows go in small steps, beside "
                    + "which all else goes on. Asked for again, it is the same erasure.",
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json",
                            schema = @Schema(implementation = ToErase.class))))
    @Nullable Erasure begin(@Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException {
        byte[] body = this.bodies.read(request, LONGEST_BODY);
        JsonFields fields = JsonFields.parse(body);
        UUID id = PathId.parse("organization_id", fields.requiredText("organization_id"));
        String name = fields.requiredText("confirm_name");
        return this.placement.answeredElsewhere(id, request, response, body) ? null : this.erasures.begin(id, name);
    }

    @GetMapping
    @Keyless
    @OfAllCells("erasures")
    @Operation(operationId = "listErasures", summary = "List erasures", description = "The latest first.")
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    Page list(@Parameter(hidden = true) HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request);
        String cursor = query.text("cursor");
        int limit = query.clamped("limit", 100, 1, 1000);
        List<Erasure> found = this.rows.list((cursor != null) ? PathId.parse("cursor", cursor) : null, limit + 1);
        boolean more = found.size() > limit;
        List<Erasure> page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? page.getLast().id().toString() : null, more);
    }

    @GetMapping("/{erasure_id}")
    @Keyless
    @Operation(operationId = "getErasure", summary = "Show how far an erasure is",
            description = "Once it is finished, this is its receipt: it names the organization no more.")
    Erasure get(@PathVariable("erasure_id") String id) {
        return this.erasures.find(PathId.parse("erasure_id", id));
    }

    /**
     * What is to be erased.
     *
     * @param organizationId the organization
     * @param confirmName its name, so that it is not another one
     */
    @Schema(name = "OrganizationToErase")
    record ToErase(UUID organizationId, String confirmName) {

    }

    /**
     * Some erasures.
     *
     * @param erasures the latest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there are more
     * @param unreachableCells whose part is missing; absent where there is one cell
     */
    @Schema(name = "ErasureList")
    record Page(List<Erasure> erasures, @Nullable String nextCursor, boolean hasMore,
            @JsonInclude(Include.NON_NULL) @Nullable List<String> unreachableCells) {

        Page(List<Erasure> erasures, @Nullable String nextCursor, boolean hasMore) {
            this(erasures, nextCursor, hasMore, null);
        }

    }

}
