package dev.triggers.move;

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
 * Moving organizations to other cells, for their operator.
 */
@RestController
@RequestMapping("/api/admin/moves")
@Tag(name = "Operator")
class MoveController {

    private static final int LONGEST_BODY = 16 * 1024;

    private final Moves moves;

    private final MoveRepository rows;

    private final Placement placement;

    private final BodyReader bodies;

    MoveController(Moves moves, MoveRepository rows, Placement placement, BodyReader bodies) {
        this.moves = moves;
        this.rows = rows;
        this.placement = placement;
        this.bodies = bodies;
    }

    @PostMapping
    @Keyless
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "moveOrganization", summary = "Move an organization to another cell",
            description = "It works meanwhile, but for a moment at the end, in which what would change it is answered "
                    + "503 with `Retry-After: 1`. Its tokens stay as they are. Asked for again, it is the same move.",
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json",
                            schema = @Schema(implementation = ToMove.class))))
    @Nullable Move begin(@Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException {
        byte[] body = this.bodies.read(request, LONGEST_BODY);
        JsonFields fields = JsonFields.parse(body);
        UUID id = PathId.parse("organization_id", fields.requiredText("organization_id"));
        String to = fields.requiredText("to");
        return this.placement.answeredElsewhere(id, request, response, body) ? null : this.moves.begin(id, to);
    }

    @GetMapping
    @Keyless
    @OfAllCells("moves")
    @Operation(operationId = "listMoves", summary = "List moves", description = "The latest first.")
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    Page list(@Parameter(hidden = true) HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request);
        String cursor = query.text("cursor");
        int limit = query.clamped("limit", 100, 1, 1000);
        List<Move> found = this.rows.list((cursor != null) ? PathId.parse("cursor", cursor) : null, limit + 1);
        boolean more = found.size() > limit;
        List<Move> page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? page.getLast().id().toString() : null, more);
    }

    @GetMapping("/{move_id}")
    @Keyless
    @Operation(operationId = "getMove", summary = "Show how far a move is")
    Move get(@PathVariable("move_id") String id) {
        return this.moves.find(PathId.parse("move_id", id));
    }

    @PostMapping("/{move_id}/cancel")
    @Keyless
    @Operation(operationId = "cancelMove", summary = "Call a move off",
            description = "The organization stays, and what was copied goes. Too late once its state is `switching`.")
    Move cancel(@PathVariable("move_id") String id) {
        return this.moves.cancel(PathId.parse("move_id", id));
    }

    /**
     * What is to move, and where to.
     *
     * @param organizationId the organization
     * @param to the digits of the cell
     */
    @Schema(name = "OrganizationToMove")
    record ToMove(UUID organizationId, String to) {

    }

    /**
     * Some moves.
     *
     * @param moves the latest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there are more
     * @param unreachableCells whose part is missing; absent where there is one cell
     */
    @Schema(name = "MoveList")
    record Page(List<Move> moves, @Nullable String nextCursor, boolean hasMore,
            @JsonInclude(Include.NON_NULL) @Nullable List<String> unreachableCells) {

        Page(List<Move> moves, @Nullable String nextCursor, boolean hasMore) {
            this(moves, nextCursor, hasMore, null);
        }

    }

}
